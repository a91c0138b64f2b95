import * as tf from '@tensorflow/tfjs';
import { Random } from '../random/random.js';
import type { Batch, Dataset } from './dataset.js';

/** Which samples' conditions {@link conditionsOf} takes. */
export interface ConditionsOfOptions {
  /** How many; where the data have fewer, all of them. */
  readonly count: number;
  /** Decides which. Default 0. */
  readonly seed?: number | string;
}

/** The conditions of some samples of the data, `[count, ...conditionShape]`, to make others under; undefined where they have none. The caller owns them. */
export async function conditionsOf(
  data: Dataset<Batch>,
  { count, seed = 0 }: ConditionsOfOptions,
): Promise<tf.Tensor | undefined> {
  const chosen = [...Random.fromSeed(seed).split('conditions').permutation(data.size).subarray(0, count)];
  const { conditions, ...rest } = await data.batch(chosen);
  tf.dispose({ ...rest });
  return conditions;
}
