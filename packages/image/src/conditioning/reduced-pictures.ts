import type { Batch, Dataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { withChannels } from '../picture-channels.js';
import type { PictureChannels } from '../pictures.js';

/** A way to take something away from pictures, so that a model can learn to make it up. */
interface Reduction {
  /** Channels of the result, of pictures with so many. */
  channels(own: PictureChannels): PictureChannels;
  /** Pictures `[batch, size, size, n]` in -1…1 to what is left of them, as large. Inside `tf.tidy`. */
  of(pictures: tf.Tensor4D): tf.Tensor4D;
}

/** The sides of a small picture are so many times shorter. */
const SMALLER = 4;
/** Outlines as dark as the picture is contrasting there. */
const CONTRAST = 2;

const reductions = {
  grey: { channels: () => 1, of: grey },
  small: {
    channels: (own) => own,
    of(pictures) {
      const [, height, width] = pictures.shape;
      const small = tf.avgPool(pictures, SMALLER, SMALLER, 'same');
      return tf.image.resizeNearestNeighbor(small, [height, width]);
    },
  },
  outline: {
    channels: () => 1,
    of(pictures) {
      const brightness = grey(pictures);
      const edges = tf.add(tf.abs(step(brightness, 1)), tf.abs(step(brightness, 2)));
      return tf.clipByValue(tf.sub(1, tf.mul(CONTRAST, edges)), -1, 1) as tf.Tensor4D;
    },
  },
  gap: {
    channels: (own) => own,
    of(pictures) {
      const [, height, width] = pictures.shape;
      const inside = tf.ones([1, Math.round(height / 2), Math.round(width / 2), 1]);
      const around = (length: number): [number, number] => {
        const before = Math.floor((length - Math.round(length / 2)) / 2);
        return [before, length - Math.round(length / 2) - before];
      };
      const gap = tf.pad(inside, [[0, 0], around(height), around(width), [0, 0]]);
      return tf.mul(pictures, tf.sub(1, gap));
    },
  },
} satisfies Record<string, Reduction>;

/** The names of {@link reducePictures}'s reductions. */
export type PictureReduction = keyof typeof reductions;

/** All of them. */
export const PICTURE_REDUCTIONS = Object.keys(reductions) as readonly PictureReduction[];

/**
 * What is left of pictures `[batch, size, size, n]` in -1…1 when something is taken away:
 *
 * - `grey`: their brightness, `[batch, size, size, 1]`;
 * - `small`: the mean of each 4×4 pixels, as large as before;
 * - `outline`: dark lines on white where brightness changes, `[batch, size, size, 1]`;
 * - `gap`: all but the middle half of both sides, which is grey.
 *
 * Borrows the pictures; the caller owns the result.
 */
export function reducePictures(pictures: tf.Tensor4D, reduction: PictureReduction): tf.Tensor4D {
  // What is grey already is given back as it is, but is the caller's as well.
  return tf.tidy(() => reductions[reduction].of(pictures).clone());
}

/** Channels of pictures that have been reduced. @param own channels of the pictures before */
export function reducedChannels(reduction: PictureReduction, own: PictureChannels): PictureChannels {
  return (reductions[reduction] as Reduction).channels(own);
}

/** Pictures with what is left of each as its condition: a model learns to make up what was taken away. @param dataset gives samples `[batch, size, size, n]` */
export function reducedPictures<D extends Dataset<Batch>>(dataset: D, reduction: PictureReduction): D {
  return {
    ...dataset,
    fingerprint: `${dataset.fingerprint}-from-${reduction}`,
    async batch(indices: readonly number[], epochs?: readonly number[]) {
      const batch = await dataset.batch(indices, epochs);
      return { ...batch, conditions: reducePictures(batch.samples as tf.Tensor4D, reduction) };
    },
  };
}

function grey(pictures: tf.Tensor4D): tf.Tensor4D {
  return withChannels(pictures, 1, 1);
}

/** How much each pixel differs from the one before it, along an axis; the first by nothing. */
function step(pictures: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  const { shape } = pictures;
  const length = shape[axis]!;
  const begin = (from: number) => shape.map((_, i) => (i === axis ? from : 0)) as [number, number, number, number];
  const size = shape.map((whole, i) => (i === axis ? length - 1 : whole)) as [number, number, number, number];
  const differences = tf.sub(pictures.slice(begin(1), size), pictures.slice(begin(0), size));
  return tf.pad(
    differences,
    shape.map((_, i): [number, number] => [i === axis ? 1 : 0, 0]),
  ) as tf.Tensor4D;
}
