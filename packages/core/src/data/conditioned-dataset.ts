import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from './dataset.js';

/** What each sample of a data set is made under. */
export interface SampleConditions {
  /** `size × conditionShape` numbers, one sample's after another's. Best of mean 0 and deviation 1. */
  readonly values: ArrayLike<number>;
  /** Of one sample: `[n]` for n attributes. */
  readonly conditionShape: readonly number[];
  /** Names the conditions in a run, beside the data. */
  readonly fingerprint: string;
}

/**
 * Data with what each sample is made under, for the training of a model that is told it.
 *
 * @throws if there are not as many conditions as samples
 */
export function conditionedDataset<D extends Dataset<Batch>>(
  data: D,
  { values, conditionShape, fingerprint }: SampleConditions,
): D {
  const length = tf.util.sizeFromShape([...conditionShape]);
  if (values.length !== data.size * length) {
    throw new Error(
      `conditionedDataset: ${data.size} samples need conditions of ${length} numbers each, ${data.size * length} in all; got ${values.length}`,
    );
  }
  return {
    ...data,
    fingerprint: `${data.fingerprint}-${fingerprint}`,
    async batch(indices: readonly number[], epochs?: readonly number[]) {
      const batch = await data.batch(indices, epochs);
      const rows = new Float32Array(indices.length * length);
      indices.forEach((index, row) => {
        for (let i = 0; i < length; i++) rows[row * length + i] = values[index * length + i]!;
      });
      return { ...batch, conditions: tf.tensor(rows, [indices.length, ...conditionShape]) };
    },
  };
}
