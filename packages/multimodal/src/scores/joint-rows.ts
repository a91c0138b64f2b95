import { type Dataset, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointBatch } from '../data/joint-batch.js';
import type { JointSamples } from '../multimodal-model.js';

/** Rows that are looked at together. */
const PIECE = 64;

/** Some rows of a joint data set. */
export interface JointRows {
  /** Of all modalities; where a row lacks a form, another sample stands in. */
  readonly samples: JointSamples;
  readonly count: number;
  /** Class of each row, where there are classes. */
  readonly labels?: ArrayLike<number>;
  /** Which of the rows really have all these forms. */
  having(forms: readonly string[]): number[];
}

/** Goes through `rows` rows of a data set, drawn by the seed, and frees each piece once the next is asked for. */
export async function* jointRows(
  dataset: Dataset<JointBatch>,
  { rows, seed, piece = PIECE }: { rows: number; seed: number | string; piece?: number },
): AsyncGenerator<JointRows, void, undefined> {
  const order = [...Random.fromSeed(seed).split('rows').permutation(dataset.size)].slice(0, rows);
  for (let from = 0; from < order.length; from += piece) {
    const numbers = order.slice(from, from + piece);
    const batch = await dataset.batch(numbers);
    try {
      const present: Record<string, ArrayLike<number>> = {};
      for (const [name, each] of Object.entries(batch.present)) present[name] = await each.data();
      const labels = await batch.labels?.data();
      yield {
        samples: batch.samples,
        count: numbers.length,
        ...(labels && { labels }),
        having: (forms) => [...numbers.keys()].filter((row) => forms.every((form) => present[form]?.[row])),
      };
    } finally {
      tf.dispose(batch as unknown as tf.TensorContainer);
    }
  }
}

/** Those of the samples that are of these forms. @throws if a form is not there */
export function formsOf(samples: JointSamples, forms: readonly string[]): JointSamples {
  return Object.fromEntries(
    forms.map((form) => {
      const some = samples[form];
      if (!some) throw new Error(`the data have no '${form}'; they have ${Object.keys(samples).join(', ')}`);
      return [form, some] as const;
    }),
  );
}
