import { type Batch, type Dataset, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/**
 * A dataset of pictures of which half are mirrored, left to right: others in each pass, the same again for the same pass. Twice as many pictures for
 * nothing, where a mirrored one is as good as the other: right for faces and clothes, wrong for digits and letters.
 * Pictures that they are made from are mirrored with them.
 *
 * @param dataset gives samples `[batch, height, width, channels]`
 */
export function mirroredPictures<D extends Dataset<Batch>>(dataset: D): D {
  return {
    ...dataset,
    fingerprint: `${dataset.fingerprint}-mirrored`,
    async batch(indices: readonly number[], epochs: readonly number[] = indices.map(() => 0)) {
      const { samples, conditions, ...rest } = await dataset.batch(indices, epochs);
      const turns = indices.map((index, i) => Random.fromSeed(`${index} in ${epochs[i]}`).integer(2));
      const isPicture = conditions?.rank === 4;
      return {
        samples: mirrored(samples, turns),
        ...(conditions && { conditions: isPicture ? mirrored(conditions, turns) : conditions }),
        ...rest,
      };
    },
  };
}

/** Those pictures mirrored whose turn is 1 and not 0. Takes them over. */
function mirrored(pictures: tf.Tensor, turns: readonly number[]): tf.Tensor {
  const result = tf.tidy(() => {
    const share = tf.tensor([...turns], [turns.length, 1, 1, 1], 'float32');
    return tf.add(pictures, tf.mul(share, tf.sub(tf.reverse(pictures, 2), pictures)));
  });
  pictures.dispose();
  return result;
}
