import { boolean, oneOf, optional, positiveInteger, resolveOptions } from '@polygan/core';
import { bytePairLearner, bytePairTokenizer } from './byte-pair-tokenizer.js';
import { characterLearner, characterTokenizer } from './character-tokenizer.js';
import { SPECIAL_TOKENS } from './special-tokens.js';
import type { Tokenizer, TokenizerDescription, TokenKind } from './tokenizer.js';
import type { TokenizerLearner } from './tokenizer-learner.js';
import { wordLearner, wordTokenizer } from './word-tokenizer.js';

/** Options of {@link learnTokenizer}. */
export interface TokenizerOptions {
  /**
   * 'character': what readers count as characters; 'word': words and marks; 'bpe': byte-pair encoding, between the two. Default 'character'.
   */
  readonly tokens?: TokenKind;
  /**
   * The most tokens that there may be, the two special ones among them; the most frequent stay. Default 5,000 characters, 10,000 words, 2,000 byte
   * pairs.
   */
  readonly vocabulary?: number;
  /** Whether texts become lower case first. Default false. */
  readonly lowercase?: boolean;
}

/** The fields of {@link TokenizerOptions}. */
export const tokenizerSchema = {
  tokens: oneOf(['character', 'word', 'bpe'], { default: 'character' }),
  vocabulary: optional(positiveInteger({ min: SPECIAL_TOKENS + 1 })),
  lowercase: boolean({ default: false }),
};

const kinds = {
  character: { make: characterTokenizer, learner: characterLearner, limit: 5000 },
  word: { make: wordTokenizer, learner: wordLearner, limit: 10_000 },
  bpe: { make: bytePairTokenizer, learner: bytePairLearner, limit: 2000 },
} as const;

/**
 * Learns a tokenizer from texts.
 *
 * ```ts
 * const tokenizer = learnTokenizer(['a cat.', 'a dog.'], { tokens: 'word' });
 * tokenizer.decode(tokenizer.encode('a dog.')); // 'a dog.'
 * ```
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function learnTokenizer(texts: Iterable<string>, options: TokenizerOptions = {}): Tokenizer {
  const learner = tokenizerLearner(options);
  for (const text of texts) learner.add(text);
  return tokenizerFrom(learner.finish());
}

/** Learns a tokenizer from texts that come one after another: `tokenizerFrom(learner.finish())` is it. */
export function tokenizerLearner(options: TokenizerOptions = {}): TokenizerLearner {
  const { tokens, vocabulary, lowercase } = resolveOptions('learnTokenizer', options, tokenizerSchema);
  const { learner, limit } = kinds[tokens];
  return learner((vocabulary ?? limit) - SPECIAL_TOKENS, lowercase);
}

/**
 * The tokenizer that a description describes: what `tokenizer.toJSON()` gave, also after a way through JSON.
 *
 * @throws if it is not a description of a tokenizer
 */
export function tokenizerFrom(description: TokenizerDescription): Tokenizer {
  const kind = description?.kind;
  if (!Object.hasOwn(kinds, kind) || !Array.isArray(description.vocabulary)) {
    throw new Error(
      `tokenizerFrom: expected what toJSON() of a tokenizer gave, with a kind (${Object.keys(kinds).join(', ')}) and a vocabulary, got ${JSON.stringify(description)?.slice(0, 80)}`,
    );
  }
  return kinds[kind].make(description);
}
