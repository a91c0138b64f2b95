import { Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { formLogits, type TextForm } from '../tokens/text-form.js';
import { sampleRows } from './sample-rows.js';
import type { TokenNetwork } from './token-network.js';
import { type TokenSampleOptions, tokenSampleSchema } from './token-sampling.js';

/** Rows are drawn in pieces of this many. */
const PIECE = 256;

/**
 * Rows of tokens as `GenerativeModel.samples` promises them: piece by piece, int32 `[n, length]`, decided by the seed. The caller owns the pieces.
 *
 * @param form what the rows keep
 * @throws {OptionsError} for an option that is unknown or not what it must be
 * @throws if the prefix is too long, or holds a token that there is not
 */
export async function* sampledPieces(
  network: TokenNetwork,
  count: number,
  options: TokenSampleOptions = {},
  form: TextForm = [],
): AsyncGenerator<tf.Tensor2D, void, undefined> {
  const { seed, prefix, ...sampling } = resolveOptions('sample', options, tokenSampleSchema);
  const { length, vocabulary } = network;
  const unknown = prefix.find((token) => token >= vocabulary);
  if (prefix.length >= length || unknown !== undefined) {
    const found = unknown === undefined ? `${prefix.length} tokens` : `token ${unknown}`;
    throw new Error(`sample: the prefix must be fewer than ${length} tokens below ${vocabulary}, got ${found}`);
  }
  const random = Random.fromSeed(seed).split('tokens');
  const added = form.length > 0 ? tf.tensor2d(formLogits(form, length, vocabulary), [length, vocabulary]) : undefined;
  try {
    for (let from = 0; from < count; from += PIECE) {
      const rows = Math.min(PIECE, count - from);
      const piece = tf.tidy(() =>
        sampleRows(network, random.uniformTensor([rows, length - prefix.length]), sampling, prefix, added),
      );
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await piece.data();
      yield piece;
    }
  } finally {
    added?.dispose();
  }
}
