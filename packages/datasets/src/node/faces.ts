import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type InMemorySamples, resolveOptions } from '@polygan/core';
import { type FaceAttributes, faceAttributes } from '../face-captions.js';
import { type Split, splitField } from './digits.js';
import { packageFile } from './package-file.js';
import { linesOfSplit } from './text-samples.js';

/** Options of {@link faces}. */
export interface FacesOptions {
  /** 'train' (3,600 faces, the default) or 'test' (400). */
  readonly split?: Split;
}

/** Faces, with words for each. */
export interface Faces {
  /** How many faces there are. */
  readonly size: number;
  /** Pictures `[32, 32, 3]` as bytes. */
  readonly image: InMemorySamples;
  /** The caption of each face, such as "a sad person with short red hair, a blue hat and a white shirt". */
  readonly texts: readonly string[];
  /** What the caption of each face says. */
  readonly attributes: readonly FaceAttributes[];
  /** Names the data in a run. */
  readonly fingerprint: string;
}

/** The side of the grid that the faces are drawn on, and how many pixels of the picture a square of it has along each side. */
const GRID = 16;
const SCALE = 2;
const SIZE = GRID * SCALE;

/**
 * Pixel-art faces with captions, shipped with this package: no two are alike, and nothing in the captions is left to taste.
 *
 * They were made with DiceBear's pixel art (CC0, licence beside the data). Ground, skin, eyes and the exact cut of everything vary, and no caption
 * tells.
 */
export async function faces(options: FacesOptions = {}): Promise<Faces> {
  const { split } = resolveOptions('faces', options, { split: splitField });
  const texts = await linesOfSplit(split, 'data', 'faces', 'captions.txt');
  const palette = (await readFile(packageFile('data', 'faces', 'palette.txt'), 'utf8'))
    .split('\n')
    .map((color) => parseInt(color, 16));
  const pixels = await promisify(brotliDecompress)(await readFile(packageFile('data', 'faces', 'pixels.u8.br')));
  const length = texts.length * GRID * GRID;
  const fingerprint = `polygan-faces-v1-${split}`;
  return {
    size: texts.length,
    image: {
      values: enlarge(split === 'train' ? pixels.subarray(0, length) : pixels.subarray(-length), palette),
      sampleShape: [SIZE, SIZE, 3],
      fingerprint,
    },
    texts,
    attributes: texts.map((text) => faceAttributes(text)!),
    fingerprint,
  };
}

/** Numbers of colours on the grid as red, green and blue of pixels. */
function enlarge(squares: Uint8Array, palette: readonly number[]): Uint8Array {
  const values = new Uint8Array(squares.length * SCALE * SCALE * 3);
  // The rows of all pictures lie below each other.
  for (let pixel = 0; pixel < squares.length * SCALE * SCALE; pixel++) {
    const row = Math.floor(pixel / SIZE / SCALE);
    const color = palette[squares[row * GRID + Math.floor((pixel % SIZE) / SCALE)]!]!;
    values[3 * pixel] = color >> 16;
    values[3 * pixel + 1] = (color >> 8) & 255;
    values[3 * pixel + 2] = color & 255;
  }
  return values;
}
