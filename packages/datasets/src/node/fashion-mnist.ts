import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Batch, type Dataset, type InMemorySamples, inMemoryDataset, optional, resolveOptions, string } from '@polygan/core';
import { readIdx } from '@polygan/core/node';
import { cacheDirectory } from './cache-directory.js';
import { type Split, splitField } from './digits.js';
import { downloadGzip } from './download.js';

/** Options of {@link fashionMnist}. */
export interface FashionMnistOptions {
  /** 'train' (60,000 pictures, the default) or 'test' (10,000). */
  readonly split?: Split;
  /** Where the four files lie; default: where Debian's package puts them, else polygan's cache directory, filled by a download of 30 MB. */
  readonly directory?: string;
  /** Where to download from when the files are nowhere; default: the repository of the authors. */
  readonly url?: string;
  /** Stops a download. */
  readonly signal?: AbortSignal;
}

/** Where Debian's and Ubuntu's package `dataset-fashion-mnist` puts the files. */
const DEBIAN_DIRECTORY = '/usr/share/datasets/fashion-mnist';
const AUTHORS_URL = 'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion';

/** The files of each split, with the SHA-256 of their unzipped content. */
const FILES = {
  train: {
    images: { name: 'train-images-idx3-ubyte.gz', sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888' },
    labels: { name: 'train-labels-idx1-ubyte.gz', sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9' },
  },
  test: {
    images: { name: 't10k-images-idx3-ubyte.gz', sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b' },
    labels: { name: 't10k-labels-idx1-ubyte.gz', sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34' },
  },
} as const;

const schema = { split: splitField, directory: optional(string()), url: string({ default: AUTHORS_URL }) };

const CLASS_NAMES = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'];

/**
 * Fashion-MNIST: 70,000 grey pictures `[28, 28, 1]` of clothes in ten classes (Xiao, Rasul and Vollgraf, arXiv:1708.07747; MIT licence).
 *
 * @throws with what to do, if the files are nowhere and cannot be downloaded
 */
export async function fashionMnist(options: FashionMnistOptions = {}): Promise<Dataset<Batch>> {
  return inMemoryDataset(await fashionMnistSamples(options));
}

/** The pictures of {@link fashionMnist} as bytes. */
export async function fashionMnistSamples({ signal, ...options }: FashionMnistOptions = {}): Promise<InMemorySamples> {
  const resolved = resolveOptions('fashionMnist', options, schema);
  const { split } = resolved;
  const files = FILES[split];
  const directory = await findDirectory({ ...resolved, ...(signal && { signal }) }, split);
  const images = await readIdx(join(directory, files.images.name));
  const labels = await readIdx(join(directory, files.labels.name));
  return {
    values: images.values,
    sampleShape: [28, 28, 1],
    labels: labels.values,
    classNames: CLASS_NAMES,
    fingerprint: `fashion-mnist-${split}-${createHash('sha256').update(images.values).update(labels.values).digest('hex').slice(0, 16)}`,
  };
}

/** The directory that holds the files of the split, after a download if need be. */
async function findDirectory({ directory, url, signal }: FashionMnistOptions & { url: string }, split: Split): Promise<string> {
  const files = Object.values(FILES[split]);
  const cache = cacheDirectory('fashion-mnist');
  const candidates = directory === undefined ? [DEBIAN_DIRECTORY, cache] : [directory];
  for (const candidate of candidates) {
    if (await holdsAll(candidate, files)) return candidate;
  }
  const target = directory ?? cache;
  try {
    for (const { name, sha256 } of files) {
      await downloadGzip(`${url}/${name}`, join(target, name), { sha256, ...(signal && { signal }) });
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Error(
      `fashionMnist: ${files.map(({ name }) => name).join(' and ')} are not in ${candidates.join(' nor in ')}, and could not be downloaded ` +
        `(${(cause as Error).message}). Install Debian's package dataset-fashion-mnist, or put the files into ${target}.`,
      { cause },
    );
  }
  return target;
}

async function holdsAll(directory: string, files: readonly { name: string }[]): Promise<boolean> {
  const found = await Promise.allSettled(files.map(({ name }) => access(join(directory, name))));
  return found.every(({ status }) => status === 'fulfilled');
}
