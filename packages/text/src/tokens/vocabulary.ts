import { SPECIAL_TOKENS, UNKNOWN, UNKNOWN_TEXT } from './special-tokens.js';

/** Pieces of text by number, and numbers by piece. */
export interface Vocabulary {
  /** What each token reads as; the special ones first. */
  readonly texts: readonly string[];
  /** The number of a piece; `UNKNOWN` if there is none. */
  idOf(piece: string): number;
}

/** The vocabulary of some pieces, which are numbered in their order after the special tokens. */
export function vocabularyOf(pieces: readonly string[]): Vocabulary {
  const ids = new Map(pieces.map((piece, index) => [piece, index + SPECIAL_TOKENS]));
  return { texts: ['', UNKNOWN_TEXT, ...pieces], idOf: (piece) => ids.get(piece) ?? UNKNOWN };
}

/** The most frequent pieces, the first ones first; equally frequent ones in the order of their code units, so that the data's order never counts. */
export function mostFrequent(counts: ReadonlyMap<string, number>, limit: number): string[] {
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([piece]) => piece);
}

/** Counts one more of a piece. */
export function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
