import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type InMemorySamples, inMemoryDataset, oneOf, resolveOptions } from '@polygan/core';
import { readIdx } from '@polygan/core/node';
import type { PictureDataset } from './picture-folder.js';

/** Options of {@link idxPictures}. */
export interface IdxPicturesOptions {
  /** For a folder that holds both, as MNIST's: 'train' (the default) or 'test' (`t10k-…` or `test-…`). */
  readonly split?: 'train' | 'test';
}

/** The field of the option `split`. */
export const splitField = oneOf(['train', 'test'], { default: 'train' });

const PICTURES = /images?[-.]idx[34]-ubyte(\.gz)?$/;

/**
 * Pictures in the format of MNIST: an IDX file of pictures and, beside it, one of labels, each compressed by gzip or not.
 *
 * @param path the file of pictures (`train-images-idx3-ubyte.gz`), or a folder that holds it
 * @throws if there is no such file, it holds no pictures, or there are not as many labels as pictures
 */
export async function idxPictures(path: string, options: IdxPicturesOptions = {}): Promise<PictureDataset> {
  const { split } = resolveOptions('idxPictures', options, { split: splitField });
  const picturesPath = (await stat(path)).isDirectory() ? join(path, await picturesIn(path, split)) : path;
  const { shape, values } = await readIdx(picturesPath);
  const [count, height, width, channels = 1] = shape;
  if (!count || !height || !width || (channels !== 1 && channels !== 3)) {
    throw new Error(
      `idxPictures: ${picturesPath} holds an array [${shape}], expected pictures [count, height, width] or with 3 channels`,
    );
  }
  const labels = await labelsBeside(picturesPath, count);
  const hash = createHash('sha256').update(JSON.stringify(shape)).update(values);
  if (labels) hash.update(labels.labels);
  const sampleShape = [height, width, channels] as const;
  const samples: InMemorySamples = { values, sampleShape, fingerprint: `idx-${hash.digest('hex').slice(0, 32)}`, ...labels };
  return { ...inMemoryDataset(samples), sampleShape, skipped: [] };
}

/** Whether a folder holds pictures as IDX files. */
export async function holdsIdxPictures(directory: string): Promise<boolean> {
  return (await readdir(directory)).some((name) => PICTURES.test(name));
}

async function picturesIn(directory: string, split: 'train' | 'test'): Promise<string> {
  const found = (await readdir(directory)).filter((name) => PICTURES.test(name)).sort();
  const ofSplit = found.filter((name) => (split === 'train' ? name.startsWith('train') : /^(t10k|test)/.test(name)));
  const chosen = ofSplit[0] ?? (found.length === 1 && split === 'train' ? found[0] : undefined);
  if (!chosen) {
    const has = found.length > 0 ? `it has ${found.join(', ')}` : 'it has none';
    const expected = split === 'train' ? 'train-images-idx3-ubyte(.gz)' : 't10k-images-idx3-ubyte(.gz)';
    throw new Error(`idxPictures: ${directory} has no file of ${split} pictures such as ${expected}; ${has}`);
  }
  return chosen;
}

/** The labels in the file beside the pictures that is named alike, if there is one. */
async function labelsBeside(
  picturesPath: string,
  count: number,
): Promise<{ labels: Uint8Array; classNames: string[] } | undefined> {
  const stem = basename(picturesPath)
    .replace(/\.gz$/, '')
    .replace(/image(s?)([-.])idx[34]/, 'label$1$2idx1');
  const directory = dirname(picturesPath);
  const name = (await readdir(directory)).find(
    (other) => other !== basename(picturesPath) && other.replace(/\.gz$/, '') === stem,
  );
  if (!name) return undefined;
  const { shape, values } = await readIdx(join(directory, name));
  if (shape.length !== 1 || shape[0] !== count) {
    throw new Error(
      `idxPictures: ${picturesPath} holds ${count} pictures, but ${name} holds labels of shape [${shape}]; they do not belong together`,
    );
  }
  const classes = values.reduce((largest, label) => Math.max(largest, label), 0) + 1;
  return { labels: values, classNames: Array.from({ length: classes }, (_, label) => String(label)) };
}
