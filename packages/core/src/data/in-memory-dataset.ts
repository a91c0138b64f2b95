import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from './dataset.js';

/** Samples held in memory, one after another in one array. */
export interface InMemorySamples {
  /** `count × sampleShape` values: bytes 0…255, which become -1…1, or floats, which stay as they are. */
  readonly values: Uint8Array | Float32Array;
  /** The shape of one sample: `[height, width, channels]` for pictures. */
  readonly sampleShape: readonly number[];
  /** Class of each sample, 0 … classNames.length-1. */
  readonly labels?: Uint8Array | Int32Array;
  readonly classNames?: readonly string[];
  /** Names the data in a run; required because hashing is the caller's to choose. */
  readonly fingerprint: string;
}

/**
 * A dataset over an array in memory.
 *
 * @throws if the array does not hold a whole number of samples, or there are not as many labels as samples
 */
export function inMemoryDataset({ values, sampleShape, labels, classNames, fingerprint }: InMemorySamples): Dataset<Batch> {
  const sampleSize = tf.util.sizeFromShape([...sampleShape]);
  const size = values.length / sampleSize;
  if (!Number.isInteger(size) || size === 0) {
    throw new Error(`inMemoryDataset: ${values.length} values are not a whole number of samples of shape [${sampleShape}]`);
  }
  if (labels && labels.length !== size) {
    throw new Error(`inMemoryDataset: ${size} samples need ${size} labels, got ${labels.length}`);
  }
  const scale = values instanceof Uint8Array ? 1 / 127.5 : 1;
  const offset = values instanceof Uint8Array ? -1 : 0;

  return {
    size,
    fingerprint,
    ...(classNames && { classNames }),
    async batch(indices) {
      const out = new Float32Array(indices.length * sampleSize);
      indices.forEach((index, position) => {
        const from = index * sampleSize;
        const to = position * sampleSize;
        for (let i = 0; i < sampleSize; i++) out[to + i] = values[from + i]! * scale + offset;
      });
      const samples = tf.tensor(out, [indices.length, ...sampleShape]);
      if (!labels) return { samples };
      return {
        samples,
        labels: tf.tensor1d(
          Int32Array.from(indices, (index) => labels[index]!),
          'int32',
        ),
      };
    },
  };
}
