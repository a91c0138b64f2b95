import { type Modality, oneOf, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** A picture as bytes; a browser's `ImageData` is one (of four channels). */
export interface Picture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** 1 grey, 3 red-green-blue, 4 with opacity. */
  readonly channels: number;
  /** `height × width × channels` values 0…255, row by row from the top. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Options of {@link pictureModality}. */
export interface PictureModalityOptions {
  /** Width and height in pixels. */
  readonly size: number;
  /** 1 for grey, 3 for colour. */
  readonly channels: 1 | 3;
}

/**
 * Square pictures as tensors `[batch, size, size, channels]` in -1…1, and back.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function pictureModality(options: PictureModalityOptions): Modality<Picture> {
  const { size, channels } = resolveOptions('pictureModality', options, { size: positiveInteger(), channels: oneOf([1, 3]) });
  return {
    kind: 'image',
    sampleShape: [size, size, channels],
    encode(pictures) {
      const length = size * size * channels;
      const values = new Float32Array(pictures.length * length);
      pictures.forEach(({ width, height, channels: got, data }, position) => {
        if (width !== size || height !== size || got !== channels || data.length !== length) {
          throw new Error(
            `pictureModality.encode: picture ${position} is ${width}x${height}x${got} (${data.length} bytes), ` +
              `expected ${size}x${size}x${channels}; resize and convert it first`,
          );
        }
        for (let i = 0; i < length; i++) values[position * length + i] = data[i]! / 127.5 - 1;
      });
      return tf.tensor4d(values, [pictures.length, size, size, channels]);
    },
    decode: decodePictures,
  };
}

/**
 * A tensor `[batch, height, width, channels]` in -1…1 as pictures; values beyond the range are clipped. Borrows the tensor.
 *
 * @throws if the tensor does not have four dimensions
 */
export async function decodePictures(batch: tf.Tensor): Promise<Picture[]> {
  if (batch.rank !== 4)
    throw new Error(`decodePictures: expected a tensor [batch, height, width, channels], got [${batch.shape}]`);
  const [count, height, width, channels] = batch.shape as [number, number, number, number];
  const values = await batch.data();
  const length = height * width * channels;
  return Array.from({ length: count }, (_, position) => {
    // The clamped array rounds to the nearest byte and clips.
    const data = new Uint8ClampedArray(length);
    for (let i = 0; i < length; i++) data[i] = (values[position * length + i]! + 1) * 127.5;
    return { width, height, channels, data };
  });
}
