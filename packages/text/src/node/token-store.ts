/** Rows of tokens of any length, one after another in memory, two bytes a token. */
export interface TokenStore {
  readonly size: number;
  readonly tokens: number;
  add(tokens: readonly number[]): void;
  /** The tokens of a row. */
  row(index: number): Uint16Array;
}

/** A store that doubles its room when it is full. */
export function tokenStore(): TokenStore {
  let values = new Uint16Array(1 << 16);
  let ends = new Float64Array(1 << 10);
  let size = 0;
  const end = (index: number) => (index < 0 ? 0 : ends[index]!);
  return {
    get size() {
      return size;
    },
    get tokens() {
      return end(size - 1);
    },
    add(tokens) {
      const start = end(size - 1);
      if (start + tokens.length > values.length) values = grown(values, Math.max(2 * values.length, start + tokens.length));
      if (size === ends.length) ends = grown(ends, 2 * size);
      values.set(tokens, start);
      ends[size] = start + tokens.length;
      size += 1;
    },
    row: (index) => values.subarray(end(index - 1), end(index)),
  };
}

function grown<T extends Uint16Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array as never);
  return larger;
}
