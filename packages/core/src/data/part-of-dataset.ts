import type { Dataset } from './dataset.js';

/** The samples with these numbers as a data set of their own. */
export function partOfDataset<B>(dataset: Dataset<B>, numbers: readonly number[]): Dataset<B> {
  return {
    size: numbers.length,
    fingerprint: `${dataset.fingerprint}/${numbers.length} of ${dataset.size}`,
    ...(dataset.classNames && { classNames: dataset.classNames }),
    batch: (indices, epochs) => dataset.batch(indices.map((index) => numbers[index]!), epochs), // biome-ignore format: one thought
  };
}
