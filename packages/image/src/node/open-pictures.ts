import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isIdx, optional, resolveOptions } from '@polygan/core';
import type { PictureChannels } from '../pictures.js';
import { resizedPictures } from '../resized-pictures.js';
import { cifar10, holdsCifar10 } from './cifar10.js';
import { holdsIdxPictures, idxPictures, splitField } from './idx-pictures.js';
import { type PictureDataset, type PictureFolderOptions, pictureFolder, pictureFolderSchema } from './picture-folder.js';

/** Options of {@link openPictures}: those of {@link pictureFolder}, of which the other formats use `size`, `channels` and `split`. */
export interface OpenPicturesOptions extends Omit<PictureFolderOptions, 'size'> {
  /** Width and height in pixels; default: what IDX and CIFAR-10 hold, 64 for a folder of pictures. */
  readonly size?: number;
  /** Of data that come in two parts (IDX, CIFAR-10, a folder with sub-folders `train` and `test`), which; default 'train'. */
  readonly split?: 'train' | 'test';
}

const DEFAULT_FOLDER_SIZE = 64;
const schema = { ...pictureFolderSchema, size: optional(pictureFolderSchema.size), split: splitField };

/**
 * Opens pictures, whatever the path holds: a folder of picture files, IDX files (MNIST and its relatives) or CIFAR-10's binary files.
 *
 * @throws if the path holds none of them, saying what was looked for
 */
export async function openPictures(path: string, options: OpenPicturesOptions = {}): Promise<PictureDataset> {
  const { onProgress, signal, ...values } = options;
  const { split, ...rest } = resolveOptions('openPictures', values, schema);
  const found = await stat(path).catch((cause: Error) => {
    throw new Error(
      `openPictures: there is nothing at ${path}; expected a folder of pictures, IDX files (MNIST) or CIFAR-10's binary files`,
      { cause },
    );
  });
  if (found.isFile()) {
    if (await isIdxFile(path)) return fitted(await idxPictures(path), rest);
    throw new Error(
      `openPictures: ${path} is a file, but not an IDX file of pictures; give the folder that holds the pictures (unpack an archive first)`,
    );
  }
  const folder = await splitFolder(path, split);
  if (await holdsCifar10(folder)) return fitted(await cifar10(folder, { split }), rest);
  if (await holdsIdxPictures(folder)) return fitted(await idxPictures(folder, { split }), rest);
  return pictureFolder(folder, { ...rest, size: rest.size ?? DEFAULT_FOLDER_SIZE, onProgress, signal });
}

async function isIdxFile(path: string): Promise<boolean> {
  if (path.endsWith('.gz')) return true;
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return isIdx(buffer);
  } finally {
    await file.close();
  }
}

/** A folder with the sub-folders `train` and `test` holds a split in each. */
async function splitFolder(path: string, split: 'train' | 'test'): Promise<string> {
  const names = await readdir(path).catch((cause: Error) => {
    throw new Error(`openPictures: cannot read the folder ${path}: ${cause.message}`, { cause });
  });
  return names.includes('train') && names.includes('test') ? join(path, split) : path;
}

/** The pictures in the size and with the channels that were asked for. */
function fitted(dataset: PictureDataset, { size, channels }: OpenPicturesOptions): PictureDataset {
  const [height, width, own] = dataset.sampleShape;
  const wanted = channels === undefined || channels === 'auto' ? (own as PictureChannels) : channels;
  const side = size ?? Math.max(height, width);
  if (side === height && side === width && wanted === own) return dataset;
  return { ...resizedPictures(dataset, side, { channels: wanted }), sampleShape: [side, side, wanted], skipped: dataset.skipped };
}
