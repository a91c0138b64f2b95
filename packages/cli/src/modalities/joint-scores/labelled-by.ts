import type { Dataset } from '@polygan/core';
import type { JointBatch } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';

/** Things with these classes. @param labels by the number of the thing, -1 for none */
export function labelledBy(labels: ArrayLike<number>, things: Dataset<JointBatch>): Dataset<JointBatch> {
  return {
    ...things,
    async batch(rows, epochs) {
      return { ...(await things.batch(rows, epochs)), labels: tf.tensor1d(rows.map((row) => labels[row]!), 'int32') }; // biome-ignore format: one thought
    },
  };
}
