/** Element types that appear in a graph. `int64`, ONNX's type of shapes and indices, and `float64` never leave a graph. */
export type GraphDataType = 'float32' | 'int32' | 'bool' | 'int64' | 'float64';

/** What holds the elements of a graph's input or output on the JavaScript side. */
export type GraphValues = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A floating point attribute; a plain `number` is an integer attribute. */
export class FloatAttribute {
  constructor(readonly value: number) {}

  toString(): string {
    return `f${this.value}`;
  }
}

/** The value of a node's attribute: integer, float, string or list of integers. */
export type AttributeValue = number | FloatAttribute | string | readonly number[];

/** A node's attributes by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

/** Are two shapes the same? */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** An array of `length` elements of a type, over `buffer` if one is given. */
export function valuesOf(
  dtype: GraphDataType,
  length: number,
  buffer = new ArrayBuffer(length * bytesPerElement(dtype)),
): GraphValues {
  if (dtype === 'float32') return new Float32Array(buffer, 0, length);
  if (dtype === 'int32') return new Int32Array(buffer, 0, length);
  if (dtype === 'bool') return new Uint8Array(buffer, 0, length);
  throw new Error(`Values of type ${dtype} do not leave a graph`);
}

/** Bytes that one element takes. */
export function bytesPerElement(dtype: GraphDataType): number {
  if (dtype === 'int64' || dtype === 'float64') return 8;
  return dtype === 'bool' ? 1 : 4;
}
