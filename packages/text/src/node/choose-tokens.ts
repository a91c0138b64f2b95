import type { TokenKind } from '../tokens/tokenizer.js';

/**
 * The kind of tokens that suits texts: words where they are written with spaces between them, characters where they are not (names, Chinese).
 *
 * @param texts some of them
 */
export function chooseTokens(texts: readonly string[]): TokenKind {
  const spaced = texts.filter((text) => /\S\s+\S/.test(text)).length;
  return spaced > texts.length / 2 ? 'word' : 'character';
}

/** The length that all but one in a hundred texts fit into, and not more than 200 tokens. @param lengths at least one, which get sorted */
export function chooseLength(lengths: Uint32Array): number {
  lengths.sort();
  const length = lengths[Math.ceil(lengths.length * 0.99) - 1]!;
  return Math.min(Math.max(length, 1), 200);
}
