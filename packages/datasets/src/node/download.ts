import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Options of {@link downloadGzip}. */
export interface DownloadOptions {
  /** What the unzipped content must hash to, in hexadecimal. Unzipped, because the same data are compressed differently in different places. */
  readonly sha256: string;
  readonly signal?: AbortSignal;
}

/**
 * Downloads a file compressed by gzip, checks its content, and only then puts it at `path`, as a whole.
 *
 * @throws if the address does not answer, answers with an error, or gives something else than expected
 */
export async function downloadGzip(url: string, path: string, { sha256, signal }: DownloadOptions): Promise<void> {
  const response = await fetch(url, signal ? { signal } : {}).catch((error: Error) => {
    signal?.throwIfAborted();
    const cause = error.cause instanceof Error ? error.cause : error;
    throw new Error(`no answer from ${url}: ${cause.message || error.message}`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());

  const content = await promisify(gunzip)(bytes).catch(() => undefined);
  const got = content && createHash('sha256').update(content).digest('hex');
  if (got !== sha256) {
    throw new Error(
      `${url} gave something else: expected content with SHA-256 ${sha256}, got ${got ?? 'no gzip file'} (${bytes.length} bytes)`,
    );
  }

  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
