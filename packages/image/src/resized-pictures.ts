import { type Batch, type Dataset, number, oneOf, optional, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { withChannels } from './picture-channels.js';
import { PICTURE_CHANNELS, type PictureChannels } from './pictures.js';

/** Options of {@link resizedPictures}. */
export interface ResizedPicturesOptions {
  /** Channels of the result: 1 for grey (brightness as in Rec. 601), 3 for colour, 4 for colour with opacity; default: as they are. */
  readonly channels?: PictureChannels;
  /** What is laid around pictures that are enlarged by a frame, and under transparent ones that are to be opaque, in -1…1; default -1, which is black. */
  readonly background?: number;
}

const schema = {
  size: positiveInteger(),
  channels: optional(oneOf(PICTURE_CHANNELS)),
  background: number({ min: -1, max: 1, default: -1 }),
};

/** Enlarging by at most this factor lays a frame around the pictures; beyond it, they are resampled. */
const LARGEST_FRAME = 1.25;

/**
 * A dataset whose pictures are made square with sides of `size` pixels when they are asked for.
 *
 * Slightly larger than the pictures (28 to 32), a frame of background is laid around them, which keeps their pixels exact; otherwise they
 * are resampled bilinearly, corners aligned to pixel centres.
 *
 * @param dataset gives samples `[batch, height, width, channels]` in -1…1
 * @throws {OptionsError} for an option that is unknown or not what it must be; at the first batch, if the samples are no pictures
 */
export function resizedPictures(dataset: Dataset<Batch>, size: number, options: ResizedPicturesOptions = {}): Dataset<Batch> {
  const { background, channels } = resolveOptions('resizedPictures', { ...options, size }, schema);
  return {
    size: dataset.size,
    fingerprint: `${dataset.fingerprint}-${size}x${size}${channels ? `x${channels}` : ''}${background === -1 ? '' : `-${background}`}`,
    ...(dataset.classNames && { classNames: dataset.classNames }),
    async batch(indices) {
      const { samples, labels, conditions } = await dataset.batch(indices);
      // What they are made under may be pictures as large as these were.
      conditions?.dispose();
      try {
        const resized = tf.tidy(() => withChannels(resize(samples, size, background), channels, background));
        return { samples: resized, ...(labels && { labels }) };
      } catch (error) {
        labels?.dispose();
        throw error;
      } finally {
        samples.dispose();
      }
    },
  };
}

function resize(samples: tf.Tensor, size: number, background: number): tf.Tensor4D {
  if (samples.rank !== 4)
    throw new Error(`resizedPictures: expected samples [batch, height, width, channels], got [${samples.shape}]`);
  const pictures = samples as tf.Tensor4D;
  const [, height, width] = pictures.shape;
  if (height === size && width === size) return pictures.clone();
  const smaller = Math.min(height, width);
  if (size < smaller || Math.max(height, width) > size || size > smaller * LARGEST_FRAME) {
    return tf.image.resizeBilinear(pictures, [size, size], false, true);
  }
  const top = Math.floor((size - height) / 2);
  const left = Math.floor((size - width) / 2);
  return tf.pad4d(
    pictures,
    [
      [0, 0],
      [top, size - height - top],
      [left, size - width - left],
      [0, 0],
    ],
    background,
  );
}
