import { type Batch, type Dataset, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/**
 * A dataset of pictures of which half are mirrored, left to right: others in each pass, the same again for the same pass. Twice as many pictures for
 * nothing, where a mirrored one is as good as the other: right for faces and clothes, wrong for digits and letters.
 *
 * @param dataset gives samples `[batch, height, width, channels]`
 */
export function mirroredPictures<D extends Dataset<Batch>>(dataset: D): D {
  return {
    ...dataset,
    fingerprint: `${dataset.fingerprint}-mirrored`,
    async batch(indices: readonly number[], epochs: readonly number[] = indices.map(() => 0)) {
      const { samples, ...rest } = await dataset.batch(indices, epochs);
      const mirrored = tf.tidy(() => {
        const turns = indices.map((index, i) => Random.fromSeed(`${index} in ${epochs[i]}`).integer(2));
        const share = tf.tensor(turns, [turns.length, 1, 1, 1], 'float32');
        return tf.add(samples, tf.mul(share, tf.sub(tf.reverse(samples, 2), samples)));
      });
      samples.dispose();
      return { samples: mirrored, ...rest };
    },
  };
}
