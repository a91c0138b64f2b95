import type { Batch, Dataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointBatch } from './joint-batch.js';

/** One form of the things in a {@link jointDataset}. */
export interface JointPart {
  /** The samples of this form, in the shape that the modality's networks take. */
  readonly dataset: Dataset<Batch>;
  /** Which of them belongs to each row; -1 where the row lacks this form. Default: row i has sample i. */
  readonly indices?: ArrayLike<number>;
}

/** What a {@link jointDataset} is made of. */
export interface JointDatasetOptions {
  /** By the names of the modalities; at least one. All have as many rows. */
  readonly parts: Readonly<Record<string, JointPart>>;
  /** Class of each row, 0 … classNames.length-1, where there are classes. */
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
}

/** Things in several forms. */
export interface JointDataset extends Dataset<JointBatch> {
  /** Where some rows have one form alone: the numbers of all others. */
  readonly paired?: readonly number[];
}

/**
 * Things in several forms, from one data set for each form. Rows may lack forms: of two sets without any pairs, let the first rows have the one form and
 * all others the other.
 *
 * @throws if the parts have different numbers of rows, a row lacks every form, or an index points nowhere
 */
export function jointDataset({ parts, labels, classNames }: JointDatasetOptions): JointDataset {
  const columns = Object.entries(parts).map(([name, { dataset, indices }]) => ({
    name,
    dataset,
    indices: Int32Array.from(indices ?? { length: dataset.size }, (index, row) => (indices ? (index as number) : row)),
  }));
  const size = columns[0]?.indices.length ?? 0;
  check(columns, size, labels);
  const rows = Array.from({ length: size }, (_, row) => row);
  const paired = rows.filter((row) => columns.filter(({ indices }) => indices[row]! >= 0).length > 1);

  return {
    size,
    fingerprint: columns.map(({ name, dataset }) => `${name}:${dataset.fingerprint}`).join('+'),
    ...(classNames && { classNames }),
    ...(paired.length < size && { paired }),
    async batch(rows, epochs) {
      const samples: Record<string, tf.Tensor> = {};
      const present: Record<string, tf.Tensor1D> = {};
      for (const { name, dataset, indices } of columns) {
        // Who stands in changes from pass to pass, and is the same after resuming.
        const standIn = (row: number, i: number) => (row * 7919 + (epochs?.[i] ?? 0) * 104_729) % dataset.size;
        const found = rows.map((row, i) => (indices[row]! >= 0 ? indices[row]! : standIn(row, i)));
        const batch = await dataset.batch(found, epochs);
        batch.labels?.dispose();
        samples[name] = batch.samples;
        present[name] = tf.tensor1d(rows.map((row) => (indices[row]! >= 0 ? 1 : 0)));
      }
      if (!labels) return { samples, present };
      const some = Int32Array.from(rows, (row) => labels[row]!);
      return { samples, present, labels: tf.tensor1d(some, 'int32') };
    },
  };
}

interface Column {
  readonly name: string;
  readonly dataset: Dataset<Batch>;
  readonly indices: Int32Array;
}

function check(columns: readonly Column[], size: number, labels: ArrayLike<number> | undefined): void {
  if (columns.length === 0) throw new Error('jointDataset: no parts were given');
  for (const { name, dataset, indices } of columns) {
    if (indices.length !== size) {
      throw new Error(
        `jointDataset: '${columns[0]!.name}' has ${size} rows and '${name}' ${indices.length}; all must have as many`,
      );
    }
    const wrong = indices.findIndex((index) => index < -1 || index >= dataset.size);
    if (wrong >= 0) {
      throw new Error(
        `jointDataset: row ${wrong} of '${name}' is sample ${indices[wrong]}, but there are ${dataset.size} samples; -1 means none`,
      );
    }
  }
  const empty = columns[0]!.indices.findIndex((_, row) => columns.every(({ indices }) => indices[row]! < 0));
  if (empty >= 0) throw new Error(`jointDataset: row ${empty} has no form at all`);
  if (labels && labels.length !== size) throw new Error(`jointDataset: ${size} rows need ${size} labels, got ${labels.length}`);
}
