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

/** How many numbers a pixel can have: 1 grey, 3 colour, 4 colour with opacity. */
export const PICTURE_CHANNELS = [1, 3, 4] as const;

/** 1 grey, 3 colour, 4 colour with opacity. */
export type PictureChannels = (typeof PICTURE_CHANNELS)[number];

/** Options of {@link pictureModality}. */
export interface PictureModalityOptions {
  /** Width and height in pixels. */
  readonly size: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity. */
  readonly channels: PictureChannels;
}

/**
 * Square pictures as tensors `[batch, size, size, channels]` in -1…1, and back. In tensors colours are multiplied by their opacity, so that what cannot be seen
 * is always the same: -1.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function pictureModality(options: PictureModalityOptions): Modality<Picture> {
  const { size, channels } = resolveOptions('pictureModality', options, {
    size: positiveInteger(),
    channels: oneOf(PICTURE_CHANNELS),
  });
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
        const bytes = channels === 4 ? timesOpacity(data) : data;
        for (let i = 0; i < length; i++) values[position * length + i] = bytes[i]! / 127.5 - 1;
      });
      return tf.tensor4d(values, [pictures.length, size, size, channels]);
    },
    decode: decodePictures,
  };
}

/**
 * A tensor `[batch, height, width, channels]` in -1…1 as pictures; values beyond the range are clipped. Of four channels the last is the
 * opacity, by which the colours are divided. Borrows the tensor.
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
    if (channels === 4) divideByOpacity(data);
    return { width, height, channels, data };
  });
}

/** Pixels `red, green, blue, opacity` with their colours multiplied by their opacity. */
export function timesOpacity(pixels: Uint8Array | Uint8ClampedArray): Uint8ClampedArray {
  return Uint8ClampedArray.from(pixels, (value, i) => (i % 4 === 3 ? value : (value * pixels[i | 3]!) / 255));
}

function divideByOpacity(pixels: Uint8ClampedArray): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const opacity = pixels[i + 3]!;
    for (let c = i; c < i + 3 && opacity > 0; c++) pixels[c] = (pixels[c]! * 255) / opacity;
  }
}
