import { END } from './special-tokens.js';

/** Texts of tokens as one array of rows of `length`; a shorter one is filled with `END`, a longer one is cut. */
export function tokenRows(texts: readonly (readonly number[])[], length: number): Int32Array {
  const rows = new Int32Array(texts.length * length).fill(END);
  texts.forEach((tokens, row) => {
    rows.set(tokens.slice(0, length), row * length);
  });
  return rows;
}

/** Rows of `length` as texts of tokens, each up to its first `END`. */
export function rowsOfTokens(values: ArrayLike<number>, length: number): number[][] {
  return Array.from({ length: values.length / length }, (_, row) => {
    const tokens = Array.from({ length }, (_, place) => values[row * length + place]!);
    const end = tokens.indexOf(END);
    return end < 0 ? tokens : tokens.slice(0, end);
  });
}
