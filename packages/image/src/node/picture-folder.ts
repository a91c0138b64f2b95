import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Batch, boolean, type Dataset, integer, number, oneOf, optional, resolveOptions, string } from '@polygan/core';
import { mapConcurrently, type SkippedFile } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { PICTURE_CHANNELS, type PictureChannels, timesOpacity } from '../pictures.js';
import { decodePicture } from './decode-picture.js';
import { folderProblem, requirePictures } from './folder-problems.js';
import { listPictures, type PictureFile } from './list-pictures.js';
import { classesOfFolders } from './picture-classes.js';
import { pictureReader } from './picture-reader.js';
import { probeChannels } from './probe-channels.js';

/** How far the opening of a folder is. */
export interface PictureFolderProgress {
  /** 'listing': looking at the start of each file; 'decoding': reading the pictures. */
  readonly stage: 'listing' | 'decoding';
  /** Files done in this stage, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** Options of {@link pictureFolder}. */
export interface PictureFolderOptions {
  /** Width and height in pixels that the pictures get, at least 4. */
  readonly size: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity, 'auto' (the default) for colour if any of a few pictures is colourful. */
  readonly channels?: PictureChannels | 'auto';
  /**
   * 'folders': the class of a picture is the sub-folder that it lies in. 'none': no classes. 'auto' (the default): by sub-folders if
   * there are at least two and no picture lies outside them.
   */
  readonly classes?: 'auto' | 'folders' | 'none';
  /** What transparent pictures are laid on, unless their opacity is kept, a CSS colour; default white. */
  readonly background?: string;
  /** How many bytes of decoded pictures to keep in memory; default 512 MiB. Pictures beyond are decoded each time they are asked for. */
  readonly cacheBytes?: number;
  /**
   * Whether to decode everything before training, so that every broken picture is known and left out from the start. Default: if there are
   * at most 10,000 pictures and they fit in `cacheBytes`.
   */
  readonly decodeFirst?: boolean;
  /** Called while the folder is being opened. */
  readonly onProgress?: (progress: PictureFolderProgress) => void;
  /** Stops the opening, and later readings. */
  readonly signal?: AbortSignal;
}

/** A dataset of pictures that knows what it left out. */
export interface PictureDataset extends Dataset<Batch> {
  /** `[height, width, channels]` */
  readonly sampleShape: readonly [number, number, number];
  /** What was left out, and why. Grows when a picture turns out to be broken during training. */
  readonly skipped: readonly SkippedFile[];
}

/** The fields of {@link PictureFolderOptions} that are plain values. */
export const pictureFolderSchema = {
  size: integer({ min: 4, max: 1024 }),
  channels: oneOf([...PICTURE_CHANNELS, 'auto'], { default: 'auto' }),
  classes: oneOf(['auto', 'folders', 'none'], { default: 'auto' }),
  background: string({ default: 'white' }),
  cacheBytes: number({ min: 0, default: 512 * 2 ** 20 }),
  decodeFirst: optional(boolean()),
};

const DECODE_FIRST_COUNT = 10_000;
/** Pictures that are decoded at once: enough for every core, few enough for large photographs. */
const DECODE_AT_A_TIME = 8;

/**
 * The pictures of a folder and its sub-folders (PNG, JPEG, WebP, GIF, TIFF, AVIF), made square by a centre crop.
 *
 * Broken files are named in `skipped` and left out. One that is found only during training is replaced by the next picture that is whole,
 * always the same one.
 *
 * @throws if the folder cannot be read, holds fewer than two whole pictures, or an option is unknown or not what it must be
 */
export async function pictureFolder(
  directory: string,
  { onProgress, signal, ...options }: PictureFolderOptions,
): Promise<PictureDataset> {
  const { size, background, cacheBytes, ...resolved } = resolveOptions('pictureFolder', options, pictureFolderSchema);
  requireColour(background);

  const list = await listPictures(directory, {
    onFile: (done, total) => onProgress?.({ stage: 'listing', done, total }),
    ...(signal && { signal }),
  }).catch((error: NodeJS.ErrnoException) => {
    signal?.throwIfAborted();
    throw new Error(`pictureFolder: cannot read the folder ${directory}: ${folderProblem(error)}`, { cause: error });
  });
  const skipped = list.skipped;
  requirePictures(directory, list.pictures, list);

  const decode = async (file: PictureFile, channels: PictureChannels) => {
    signal?.throwIfAborted();
    const bytes = await decodePicture(join(directory, file.name), { size, channels, background });
    return channels === 4 ? timesOpacity(bytes) : bytes;
  };
  const channels = resolved.channels === 'auto' ? await probeChannels(list.pictures, decode) : resolved.channels;
  const pictureLength = size * size * channels;

  const reader = pictureReader({
    decode: (file) => decode(file, channels),
    keep: Math.floor(cacheBytes / pictureLength),
    onBroken: (file, reason) => skipped.push({ name: file.name, reason }),
    ...(signal && { signal }),
  });

  const fewEnough = list.pictures.length <= DECODE_FIRST_COUNT && list.pictures.length * pictureLength <= cacheBytes;
  if (resolved.decodeFirst ?? fewEnough) {
    let done = 0;
    const total = list.pictures.length;
    await mapConcurrently(list.pictures, DECODE_AT_A_TIME, async (file) => {
      await reader.read(file);
      onProgress?.({ stage: 'decoding', done: ++done, total });
    });
  }
  const files = list.pictures.filter((file) => !reader.broken.has(file));
  skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
  requirePictures(directory, files, list);
  const { classNames, labels } = classesOfFolders(files, resolved.classes);

  return {
    size: files.length,
    sampleShape: [size, size, channels],
    skipped,
    fingerprint: fingerprintOf(files, [size, channels, background, classNames ?? 'none']),
    ...(classNames && { classNames }),
    fileNames: files.map(({ name }) => name),
    async batch(indices) {
      const values = new Float32Array(indices.length * pictureLength);
      const used = await mapConcurrently(indices, DECODE_AT_A_TIME, async (wanted, position) => {
        const { bytes, index } = await reader.readOrNext(files, wanted);
        for (let i = 0, to = position * pictureLength; i < pictureLength; i++) values[to + i] = bytes[i]! / 127.5 - 1;
        return index;
      });
      const samples = tf.tensor4d(values, [indices.length, size, size, channels]);
      if (!labels) return { samples };
      return {
        samples,
        labels: tf.tensor1d(
          used.map((index) => labels[index]!),
          'int32',
        ),
      };
    },
  };
}

/** Refuses what is no colour before it would look like every picture were broken. */
function requireColour(background: string): void {
  try {
    sharp({ create: { width: 1, height: 1, channels: 3, background } });
  } catch {
    throw new Error(`pictureFolder: background must be a CSS colour such as 'white' or '#808080', got '${background}'`);
  }
}

function fingerprintOf(files: readonly PictureFile[], settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const { name, fingerprint } of files) hash.update(`${name}\0${fingerprint}\0`);
  return `pictures-${hash.digest('hex').slice(0, 32)}`;
}
