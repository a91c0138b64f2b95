import { readFile } from 'node:fs/promises';

/** An array of bytes as NumPy stores it. */
export interface ByteArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads a `.npy` file of uint8 in C order (NumPy enhancement proposal 1, versions 1 and 2).
 *
 * @throws if the file is anything else
 */
export async function readNpy(path: string): Promise<ByteArray> {
  const bytes = await readFile(path);
  if (bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`readNpy: ${path} is not a .npy file`);
  const start = bytes[6] === 1 ? 10 : 12;
  const length = bytes[6] === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', start, start + length);
  if (!/'descr': '\|u1'/.test(header) || !/'fortran_order': False/.test(header)) {
    throw new Error(`readNpy: ${path} must hold uint8 in C order, got ${header.trim()}`);
  }
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  return { shape, values: bytes.subarray(start + length) };
}

/** The inverse of {@link readNpy}. */
export function formatNpy({ shape, values }: ByteArray): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  // Magic, version and length are 10 bytes; the whole header is a multiple of 64 and ends with a line break.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const bytes = Buffer.alloc(10 + length + values.length);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(`${text.padEnd(length - 1)}\n`, 10, 'latin1');
  bytes.set(values, 10 + length);
  return bytes;
}
