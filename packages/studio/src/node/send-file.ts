import { open, realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range.js';
import { Refusal } from './refusal.js';

/** What is served, and as what. Files of other kinds are not. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

export interface SentFile {
  /** What may be served; a link that leads out of it is refused. */
  readonly root: string;
  /** From the root, with forward slashes; may come from a stranger. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends a file, or the range of it that is asked for.
 *
 * @throws Refusal if there is no such file below the root, wherever links and dots lead
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { root, name, headers }: SentFile,
): Promise<void> {
  const file = await openBelow(root, name);
  try {
    const { size, mtimeMs } = await file.handle.stat();
    const tag = `"${size}-${mtimeMs}"`;
    const common = { ...headers, 'content-type': file.type, 'accept-ranges': 'bytes', etag: tag };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, common).end();
      return;
    }
    const range = byteRange(request.headers.range, size);
    response.writeHead(range ? 206 : 200, {
      ...common,
      'content-length': range ? range.last - range.first + 1 : size,
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
    });
    if (request.method === 'HEAD' || size === 0) response.end();
    else {
      const part = range ? { start: range.first, end: range.last } : { start: 0, end: size - 1 };
      await pipeline(file.handle.createReadStream({ ...part, autoClose: false }), response);
    }
  } finally {
    await file.handle.close();
  }
}

async function openBelow(root: string, name: string) {
  const absent = new Refusal(404, 'There is no such file.');
  const type = TYPES[path.posix.extname(name)];
  const parts = name.split('/');
  // Hidden files, and whatever a system might read as another folder.
  if (!type || parts.some((part) => part === '' || part.startsWith('.') || /[\\:\0]/.test(part))) throw absent;
  const refuse = () => {
    throw absent;
  };
  const [top, real] = await Promise.all([realpath(root), realpath(path.join(root, ...parts))]).catch(refuse);
  if (!real.startsWith(top + path.sep)) throw absent;
  const handle = await open(real, 'r').catch(refuse);
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw absent;
  }
  return { handle, type };
}
