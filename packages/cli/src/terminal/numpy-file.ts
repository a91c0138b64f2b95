/** An array as NumPy's `.npy` format stores it. */
export interface NumpyArray {
  /** NumPy's name of the element type: '|u1' for bytes, '<f4' for float32. */
  readonly dtype: '|u1' | '<f4' | '<i4';
  readonly shape: readonly number[];
  /** The elements, the last dimension fastest, little-endian. */
  readonly bytes: Uint8Array;
}

/** The start of a `.npy` file (format version 1.0) of that type and shape; the elements follow it. */
export function numpyHeader({ dtype, shape }: Omit<NumpyArray, 'bytes'>): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version and length take 10 bytes; the whole header is a multiple of 64 and ends in a line feed.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(text, 10, 'latin1');
  header[header.length - 1] = 0x0a;
  return header;
}
