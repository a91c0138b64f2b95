import type { SamplePieces } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { SPECIAL_TOKENS } from '../tokens/special-tokens.js';

/** The words of one-hot texts `[batch, length, vocabulary]`, or whatever else their tokens are, without regard to order. */
export function textPieces(vocabulary: number): SamplePieces {
  return {
    count: vocabulary - SPECIAL_TOKENS,
    shares: (texts) =>
      tf.tidy(() => {
        const counts = tf.sum(texts, 1).slice([0, SPECIAL_TOKENS]) as tf.Tensor2D;
        return tf.div(counts, tf.maximum(tf.sum(counts, 1, true), 1));
      }),
  };
}
