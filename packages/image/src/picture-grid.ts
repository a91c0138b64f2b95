import { integer, optional, positiveInteger, resolveOptions } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { decodePictures, type Picture } from './pictures.js';

/** Options of {@link pictureGrid}. */
export interface PictureGridOptions {
  /** Pictures in a row; default: as many as make the grid square. */
  readonly columns?: number;
  /** Pixels between pictures and around them; default 2. */
  readonly padding?: number;
  /** Brightness of the padding, which is opaque, 0 to 255; default 128. */
  readonly background?: number;
  /** How many times each pixel is repeated along each axis, a whole number; default 1. */
  readonly scale?: number;
}

/** The fields of {@link PictureGridOptions}. */
export const pictureGridSchema = {
  columns: optional(positiveInteger()),
  padding: integer({ min: 0, default: 2 }),
  background: integer({ min: 0, max: 255, default: 128 }),
  scale: positiveInteger({ default: 1 }),
};

/**
 * Many pictures as one, row by row.
 *
 * @param samples `[batch, height, width, channels]` in -1…1; borrowed
 * @throws if there is no picture, or an option is out of its range
 */
export async function pictureGrid(samples: tf.Tensor, options: PictureGridOptions = {}): Promise<Picture> {
  const pictures = await decodePictures(samples);
  if (pictures.length === 0) throw new Error('pictureGrid: expected at least one picture, got an empty batch');
  const { padding, background, scale, ...resolved } = resolveOptions('pictureGrid', options, pictureGridSchema);
  const { columns = Math.ceil(Math.sqrt(pictures.length)) } = resolved;

  const { width: sourceWidth, height: sourceHeight, channels } = pictures[0]!;
  const cellWidth = sourceWidth * scale + padding;
  const cellHeight = sourceHeight * scale + padding;
  const width = columns * cellWidth + padding;
  const height = Math.ceil(pictures.length / columns) * cellHeight + padding;
  const data = new Uint8ClampedArray(width * height * channels).fill(background);
  if (channels === 4) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  pictures.forEach((picture, position) => {
    const left = padding + (position % columns) * cellWidth;
    const top = padding + Math.floor(position / columns) * cellHeight;
    for (let y = 0; y < sourceHeight * scale; y++) {
      const sourceRow = Math.floor(y / scale) * sourceWidth;
      for (let x = 0; x < sourceWidth * scale; x++) {
        const from = (sourceRow + Math.floor(x / scale)) * channels;
        const to = ((top + y) * width + left + x) * channels;
        for (let c = 0; c < channels; c++) data[to + c] = picture.data[from + c]!;
      }
    }
  });
  return { width, height, channels, data };
}
