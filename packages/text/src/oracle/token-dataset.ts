import type { Batch, Dataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Rows of tokens in memory as a dataset; samples are int32 `[batch, length]`. */
export function tokenDataset(rows: Int32Array, length: number, fingerprint: string): Dataset<Batch> {
  return {
    size: rows.length / length,
    fingerprint,
    async batch(indices) {
      const tokens = new Int32Array(indices.length * length);
      indices.forEach((index, place) => {
        tokens.set(rows.subarray(index * length, (index + 1) * length), place * length);
      });
      return { samples: tf.tensor2d(tokens, [indices.length, length], 'int32') };
    },
  };
}
