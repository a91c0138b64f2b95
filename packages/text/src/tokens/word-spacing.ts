import { isUnspaced, isWord, type WordPiece } from './split-words.js';

/** Where a token stands without a space: bits of a number. */
const GLUED_BEFORE = 1;
const GLUED_AFTER = 2;

/** What marks do where the data say nothing: "(" clings to what follows, "." to what stands before it. */
const OPENING = /^[\p{Ps}\p{Pi}#$€£@¿¡]/u;
const CLOSING = /^[\p{Pe}\p{Pf}.,!?;:%…、。，！？；：]/u;

/** How often a token was seen with and without a space, on either side. */
interface Votes {
  before: number;
  after: number;
}

/** Learns from texts where spaces belong. */
export interface SpacingLearner {
  add(pieces: readonly WordPiece[]): void;
  /** The bits {@link GLUED_BEFORE} and {@link GLUED_AFTER} of each token. */
  spacing(vocabulary: readonly string[]): number[];
}

/**
 * Learns the spacing of each token by majority: of a mark towards both sides, of a word towards the word before it. So texts whose marks stand apart,
 * as in tokenised data sets, keep them apart, and Chinese stays without spaces where it had none.
 */
export function spacingLearner(): SpacingLearner {
  /** What all words of scripts without spaces say together, for those that say nothing. */
  let unspaced = 0;
  const votes = new Map<string, Votes>();
  const votesOf = (piece: string): Votes => {
    let found = votes.get(piece);
    if (!found) {
      found = { before: 0, after: 0 };
      votes.set(piece, found);
    }
    return found;
  };
  return {
    add(pieces) {
      for (let i = 1; i < pieces.length; i++) {
        const [left, right] = [pieces[i - 1]!, pieces[i]!];
        const vote = right.spaced ? -1 : 1;
        // A full stop after a word says something of full stops, nothing of the word.
        if (!isWord(right.text) || isWord(left.text)) votesOf(right.text).before += vote;
        if (!isWord(left.text)) votesOf(left.text).after += vote;
        if (isUnspaced(right.text)) unspaced += vote;
      }
    },
    spacing: (vocabulary) =>
      vocabulary.map((piece) => {
        const { before = 0, after = 0 } = votes.get(piece) ?? {};
        const gluedBefore = before === 0 ? CLOSING.test(piece) || (isUnspaced(piece) && unspaced >= 0) : before > 0;
        const gluedAfter = !isWord(piece) && (after === 0 ? OPENING.test(piece) : after > 0);
        return (gluedBefore ? GLUED_BEFORE : 0) | (gluedAfter ? GLUED_AFTER : 0);
      }),
  };
}

/** Joins pieces by the learned spacing of each. */
export function joinWords(pieces: readonly { readonly text: string; readonly spacing: number }[]): string {
  let joined = '';
  pieces.forEach(({ text, spacing }, i) => {
    const before = pieces[i - 1];
    const glued = !before || (spacing & GLUED_BEFORE) !== 0 || (before.spacing & GLUED_AFTER) !== 0;
    joined += glued ? text : ` ${text}`;
  });
  return joined;
}
