import { type Modality, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { rowsOfTokens, tokenRows } from './token-rows.js';
import type { Tokenizer } from './tokenizer.js';

/** Options of {@link textModality} and {@link oneHotTextModality}. */
export interface TextModalityOptions {
  readonly tokenizer: Tokenizer;
  /** Tokens in a row; shorter texts are filled up. */
  readonly length: number;
}

/**
 * Texts as rows of tokens, int32 `[batch, length]`, and back: the modality of language models.
 *
 * Encoding refuses a text that is too long; `[batch, length]` is decoded up to each row's end.
 *
 * @throws {OptionsError} for a length that is not a whole number from 1
 */
export function textModality({ tokenizer, ...options }: TextModalityOptions): Modality<string> {
  const { length } = resolveOptions('textModality', options, { length: positiveInteger() });
  return {
    kind: 'text',
    sampleShape: [length],
    encode: (texts) => tf.tensor2d(encodedRows(texts, tokenizer, length), [texts.length, length], 'int32'),
    decode: (batch) => decodeTokens(batch, tokenizer, length),
  };
}

/**
 * Texts as rows of one-hot tokens, float32 `[batch, length, vocabulary]`, and back: the modality of generators that are trained through their
 * samples. Decoding takes the likeliest token of each place, so it reads relaxed one-hots too.
 *
 * @throws {OptionsError} for a length that is not a whole number from 1
 */
export function oneHotTextModality({ tokenizer, ...options }: TextModalityOptions): Modality<string> {
  const { length } = resolveOptions('oneHotTextModality', options, { length: positiveInteger() });
  const size = tokenizer.vocabulary.length;
  return {
    kind: 'text',
    sampleShape: [length, size],
    encode: (texts) =>
      tf.tidy(() => {
        const rows = tf.tensor2d(encodedRows(texts, tokenizer, length), [texts.length, length], 'int32');
        return tf.cast(tf.oneHot(rows, size), 'float32');
      }),
    async decode(batch) {
      const tokens = tf.tidy(() => tf.argMax(batch, -1));
      try {
        return await decodeTokens(tokens, tokenizer, length);
      } finally {
        tokens.dispose();
      }
    },
  };
}

function encodedRows(texts: readonly string[], tokenizer: Tokenizer, length: number): Int32Array {
  const tokens = texts.map((text) => tokenizer.encode(text));
  const long = tokens.findIndex((row) => row.length > length);
  if (long >= 0) {
    throw new Error(
      `textModality.encode: text ${long} has ${tokens[long]!.length} tokens, expected ${length} at most; cut it, or make the modality longer: ` +
        `'${texts[long]!.slice(0, 40)}'`,
    );
  }
  return tokenRows(tokens, length);
}

async function decodeTokens(batch: tf.Tensor, tokenizer: Tokenizer, length: number): Promise<string[]> {
  if (batch.rank !== 2 || batch.shape[1] !== length) {
    throw new Error(`textModality.decode: expected tokens [batch, ${length}], got [${batch.shape}]`);
  }
  return rowsOfTokens(await batch.data(), length).map((tokens) => tokenizer.decode(tokens));
}
