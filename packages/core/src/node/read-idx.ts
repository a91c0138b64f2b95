import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type IdxArray, parseIdx } from '../data/idx.js';

/**
 * Reads an IDX file (MNIST and its relatives), compressed by gzip or not.
 *
 * @throws if the file cannot be read, is a damaged gzip file, or is not a complete IDX file of unsigned bytes
 */
export async function readIdx(path: string): Promise<IdxArray> {
  const bytes = await readFile(path);
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!compressed) return parseIdx(bytes, path);
  const whole = await promisify(gunzip)(bytes).catch((cause: Error) => {
    throw new Error(`readIdx: ${path} is a damaged gzip file (${cause.message}); get it again`, { cause });
  });
  return parseIdx(whole, path);
}
