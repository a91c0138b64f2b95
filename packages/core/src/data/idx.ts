/** An array as an IDX file holds it. */
export interface IdxArray {
  /** Length of each dimension, the slowest first: `[count, height, width]` for pictures, `[count]` for labels. */
  readonly shape: readonly number[];
  /** The bytes of the array, a view of the bytes that were parsed. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const ELEMENT_TYPES: Record<number, string> = { 9: 'int8', 11: 'int16', 12: 'int32', 13: 'float32', 14: 'float64' };

/** Whether bytes begin as an IDX file does: two zeros, a known element type, a number of dimensions. */
export function isIdx(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 8 &&
    bytes[0] === 0 &&
    bytes[1] === 0 &&
    (bytes[2] === UNSIGNED_BYTE || bytes[2]! in ELEMENT_TYPES) &&
    bytes[3]! > 0
  );
}

/**
 * Reads an IDX file, the format of MNIST and its relatives: a magic number, big-endian dimensions, then the values row by row.
 *
 * @param bytes the whole file, already unzipped; borrowed, and the result's values are a view of it
 * @param name what to call the bytes in an error (a file name)
 * @throws if the bytes are not IDX, hold anything but unsigned bytes, or are longer or shorter than their header says
 */
export function parseIdx(bytes: Uint8Array, name = 'the bytes'): IdxArray {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new Error(`parseIdx: ${name} is still compressed by gzip; unzip it first`);
  if (!isIdx(bytes)) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new Error(
      `parseIdx: ${name} is not an IDX file: expected it to start with 00 00 08, got ${start || 'nothing (it is empty)'}`,
    );
  }
  if (bytes[2] !== UNSIGNED_BYTE) {
    throw new Error(`parseIdx: ${name} holds ${ELEMENT_TYPES[bytes[2]!]} values; only unsigned bytes (0…255) are supported`);
  }
  const dimensions = bytes[3]!;
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) throw new Error(`parseIdx: ${name} ends inside its header; it is not complete, get it again`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const shape = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i));
  const expected = shape.reduce((product, length) => product * length, 1);
  const got = bytes.length - headerLength;
  if (got !== expected) {
    throw new Error(
      `parseIdx: ${name} should hold ${expected} values (shape [${shape}]), but holds ${got}; it is not complete, get it again`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}

/**
 * An array of bytes as an IDX file, uncompressed: the inverse of {@link parseIdx}.
 *
 * @throws if there are not as many values as the shape says
 */
export function formatIdx({ shape, values }: IdxArray): Uint8Array {
  const expected = shape.reduce((product, length) => product * length, 1);
  if (values.length !== expected) throw new Error(`formatIdx: shape [${shape}] needs ${expected} values, got ${values.length}`);
  const headerLength = 4 + 4 * shape.length;
  const bytes = new Uint8Array(headerLength + values.length);
  const header = new DataView(bytes.buffer);
  header.setUint8(2, UNSIGNED_BYTE);
  header.setUint8(3, shape.length);
  shape.forEach((length, i) => {
    header.setUint32(4 + 4 * i, length);
  });
  bytes.set(values, headerLength);
  return bytes;
}
