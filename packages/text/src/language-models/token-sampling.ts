import {
  custom,
  either,
  integer,
  number,
  optional,
  positiveInteger,
  type Resolved,
  type SampleOptions,
  string,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** How tokens are drawn from what a language model expects. Where several limits are set, the next one works on what the one before left. */
export interface TokenSamplingOptions {
  /** Divides the logits: below 1 for more likely, above 1 for more varied texts. Default 1. */
  readonly temperature?: number;
  /** Draws among so many most likely tokens only. Default: all. */
  readonly topK?: number;
  /** Draws among the most likely tokens that have this share of the probability together (nucleus sampling, 1904.09751), 0 to 1. Default 1. */
  readonly nucleus?: number;
}

/** How rows of tokens are drawn from a language model. */
export interface TokenSampleOptions extends TokenSamplingOptions, Pick<SampleOptions, 'seed'> {
  /** Tokens that every sample begins with. Default: none. */
  readonly prefix?: readonly number[];
}

/** The fields of {@link TokenSampleOptions}. */
export const tokenSampleSchema = {
  seed: either(integer({ default: 0 }), string()),
  temperature: number({ above: 0, default: 1 }),
  topK: optional(positiveInteger()),
  nucleus: number({ above: 0, max: 1, default: 1 }),
  prefix: custom<readonly number[]>('a list of tokens', isTokens, { default: [] }),
};

/** {@link TokenSamplingOptions} with every default filled in. */
export type ResolvedTokenSampling = Pick<Resolved<typeof tokenSampleSchema>, 'temperature' | 'topK' | 'nucleus'>;

/** Sampling from the model as it is. */
export const PLAIN_SAMPLING: ResolvedTokenSampling = { temperature: 1, topK: undefined, nucleus: 1 };

/**
 * The probabilities, up to a factor, that tokens are drawn by, `[rows, vocabulary]`; those that are ruled out have 0. Tokens as likely as the last
 * one within a limit stay too. Borrows the logits.
 */
export function samplingProbabilities(logits: tf.Tensor2D, { temperature, topK, nucleus }: ResolvedTokenSampling): tf.Tensor2D {
  return tf.tidy(() => {
    const vocabulary = logits.shape[1];
    const all = tf.softmax(temperature === 1 ? logits : tf.div(logits, temperature)) as tf.Tensor2D;
    if (topK === undefined && nucleus === 1) return all;
    const kept = Math.min(topK ?? vocabulary, vocabulary);
    const { values } = tf.topk(all, kept);
    const before = tf.cumsum(values, 1, true);
    const share = tf.mul(nucleus, tf.sum(values, 1, true));
    // The first token is always in, as nothing comes before it.
    const least = tf.min(tf.where(tf.less(before, share), values, tf.onesLike(values)), 1, true);
    return tf.mul(all, tf.cast(tf.greaterEqual(all, least), 'float32')) as tf.Tensor2D;
  });
}

function isTokens(given: unknown): boolean {
  return Array.isArray(given) && given.every((token) => Number.isInteger(token) && token >= 0);
}
