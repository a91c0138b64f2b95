import { applyMerges, learnMerges, mergeRanks } from './byte-pairs.js';
import { normalized } from './normalized.js';
import { END, SPECIAL_TOKENS } from './special-tokens.js';
import type { Tokenizer, TokenizerDescription } from './tokenizer.js';
import type { TokenizerLearner } from './tokenizer-learner.js';
import { count, mostFrequent, vocabularyOf } from './vocabulary.js';

/** A word or a run of marks with the space before it, or one further white space: pieces that no pair crosses. */
const PIECES = / ?[\p{L}\p{M}\p{N}]+| ?[^\s\p{L}\p{M}\p{N}]+|\s/gu;
/** How many pieces are kept encoded. */
const CACHE = 50_000;

/**
 * Tokens between characters and words, by byte-pair encoding over Unicode characters: frequent words are one token, rare ones are several. Spaces belong
 * to the token after them, so any text of known characters comes back exactly, in Unicode's composed form.
 */
export function bytePairTokenizer(description: TokenizerDescription): Tokenizer {
  const { lowercase, merges = [] } = description;
  const { texts, idOf } = vocabularyOf(description.vocabulary);
  const ranks = mergeRanks(merges);
  const firstMerged = texts.length - merges.length;
  const cache = new Map<string, readonly number[]>();

  const encodePiece = (piece: string): readonly number[] => {
    const known = cache.get(piece);
    if (known) return known;
    const tokens = applyMerges(Array.from(piece, idOf), ranks, firstMerged);
    if (cache.size < CACHE) cache.set(piece, tokens);
    return tokens;
  };
  return {
    kind: 'bpe',
    vocabulary: texts,
    encode: (text) => (normalized(text, lowercase).match(PIECES) ?? []).flatMap(encodePiece),
    decode(tokens) {
      let text = '';
      for (const token of tokens) {
        if (token === END) break;
        text += texts[token];
      }
      return text;
    },
    toJSON: () => description,
  };
}

/** Learns the characters that there are, and which of them to join. */
export function bytePairLearner(limit: number, lowercase: boolean): TokenizerLearner {
  const pieceCounts = new Map<string, number>();
  return {
    add(text) {
      for (const piece of normalized(text, lowercase).match(PIECES) ?? []) count(pieceCounts, piece);
    },
    finish() {
      const characterCounts = new Map<string, number>();
      for (const [piece, times] of pieceCounts) for (const character of piece) count(characterCounts, character, times);
      const vocabulary = mostFrequent(characterCounts, limit);
      const { texts, idOf } = vocabularyOf(vocabulary);
      const pieces = Array.from(pieceCounts, ([piece, times]) => ({ symbols: Array.from(piece, idOf), count: times }));
      const known = pieces.filter(({ symbols }) => symbols.every((symbol) => symbol >= SPECIAL_TOKENS));
      const merges = learnMerges(known, texts.length, limit - vocabulary.length);
      const joined = [...texts];
      for (const [left, right] of merges) joined.push(joined[left]! + joined[right]!);
      return { kind: 'bpe', lowercase, vocabulary: joined.slice(SPECIAL_TOKENS), merges };
    },
  };
}
