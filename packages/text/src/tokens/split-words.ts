import { graphemes } from './graphemes.js';

/** A word or a mark of a text. */
export interface WordPiece {
  readonly text: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** White space; letters and digits, joined by apostrophes and hyphens; anything else. */
const PARTS = /(\s+)|([\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*)|([^\s\p{L}\p{M}\p{N}]+)/gu;

/**
 * A text as words and marks: "it's", "well-known" and "3" are words, each mark is a piece of its own. Chinese, Japanese, Thai, Lao, Khmer and
 * Burmese, which have no spaces, are cut into words by `Intl.Segmenter`.
 */
export function splitWords(text: string): WordPiece[] {
  const pieces: WordPiece[] = [];
  let spaced = false;
  for (const [part, space, word] of text.matchAll(PARTS)) {
    if (!space) {
      const [first, ...rest] = word ? cutWords(word) : graphemes(part);
      pieces.push({ text: first!, spaced }, ...rest.map((piece) => ({ text: piece, spaced: false })));
    }
    spaced = space !== undefined;
  }
  return pieces;
}

/** Whether a piece is a word, not a mark. */
export function isWord(piece: string): boolean {
  return /^[\p{L}\p{M}\p{N}]/u.test(piece);
}

/** Whether a piece is of a script that has no spaces between its words. */
export function isUnspaced(piece: string): boolean {
  return UNSPACED.test(piece);
}

function cutWords(word: string): string[] {
  return word.length > 1 && isUnspaced(word) ? Array.from(words.segment(word), ({ segment }) => segment) : [word];
}
