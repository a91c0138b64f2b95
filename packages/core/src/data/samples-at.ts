import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from './dataset.js';

/** The samples with these numbers, without what else is known of them. The caller owns them. */
export async function samplesAt(data: Pick<Dataset<Batch>, 'batch'>, indices: readonly number[]): Promise<tf.Tensor> {
  const { samples, ...rest } = await data.batch(indices);
  tf.dispose({ ...rest });
  return samples;
}
