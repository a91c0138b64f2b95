import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { formatIdx } from '../data/idx.js';
import { readIdx } from './read-idx.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'idx-'));
});
afterEach(() => rm(directory, { recursive: true }));

const file = formatIdx({ shape: [3], values: Uint8Array.of(7, 8, 9) });

it('reads a plain and a gzip file', async () => {
  await writeFile(join(directory, 'labels'), file);
  await writeFile(join(directory, 'labels.gz'), gzipSync(file));
  for (const name of ['labels', 'labels.gz']) {
    const { shape, values } = await readIdx(join(directory, name));
    expect(shape).toEqual([3]);
    expect([...values]).toEqual([7, 8, 9]);
  }
});

it('says that a gzip file is damaged', async () => {
  await writeFile(join(directory, 'cut.gz'), gzipSync(file).subarray(0, 15));
  await expect(readIdx(join(directory, 'cut.gz'))).rejects.toThrow(/cut\.gz is a damaged gzip file/);
});
