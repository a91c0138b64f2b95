import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { downloadGzip } from './download.js';

const content = Buffer.from('what the file holds');
const sha256 = createHash('sha256').update(content).digest('hex');
let server: Server;
let base: string;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'download-'));
  server = createServer((request, response) => {
    if (request.url === '/slow.gz') return;
    response.statusCode = request.url === '/missing.gz' ? 404 : 200;
    response.end(request.url === '/plain.gz' ? content : gzipSync(content));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

it('puts a file with the right content in place, and nothing beside it', async () => {
  const path = join(directory, 'new', 'file.gz');
  await downloadGzip(`${base}/file.gz`, path, { sha256 });
  expect(await readFile(path)).toEqual(gzipSync(content));
  expect(await readdir(join(directory, 'new'))).toEqual(['file.gz']);
});

it.each([
  ['other content', 'file.gz', '0'.repeat(64), /expected content with SHA-256 0+, got [0-9a-f]{64}/],
  ['a file that is not gzip', 'plain.gz', sha256, /got no gzip file/],
  ['a missing file', 'missing.gz', sha256, /answered 404 Not Found/],
])('leaves nothing behind after %s', async (_, name, expected, message) => {
  await expect(downloadGzip(`${base}/${name}`, join(directory, 'file.gz'), { sha256: expected })).rejects.toThrow(message);
  expect(await readdir(directory)).toEqual([]);
});

it('says when nobody answers', async () => {
  await expect(downloadGzip('http://127.0.0.1:9/file.gz', join(directory, 'file.gz'), { sha256 })).rejects.toThrow(
    /no answer from/,
  );
});

it('stops when asked to', async () => {
  const signal = AbortSignal.timeout(50);
  await expect(downloadGzip(`${base}/slow.gz`, join(directory, 'file.gz'), { sha256, signal })).rejects.toThrow(/abort|timeout/i);
});
