import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatIdx } from '@polygan/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPictures } from './open-pictures.js';
import type { PictureDataset } from './picture-folder.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-'));
});
afterEach(() => rm(directory, { recursive: true }));

const put = async (name: string, bytes: Uint8Array | string) => {
  await mkdir(join(directory, name, '..'), { recursive: true });
  await writeFile(join(directory, name), bytes);
};
const png = (background: string) =>
  sharp({ create: { width: 9, height: 9, channels: 3, background } })
    .png()
    .toBuffer();

async function fetch(dataset: PictureDataset, index: number) {
  const { samples, labels } = await dataset.batch([index]);
  const result = {
    shape: samples.shape,
    bytes: [...(await samples.data())].map((v) => Math.round((v + 1) * 127.5)),
    label: (await labels?.data())?.[0],
  };
  samples.dispose();
  labels?.dispose();
  return result;
}

describe('IDX files', () => {
  const pictures = (first: number) =>
    formatIdx({ shape: [2, 4, 4], values: Uint8Array.from({ length: 32 }, (_, i) => first + i) });
  const labels = formatIdx({ shape: [2], values: Uint8Array.of(3, 1) });
  beforeEach(async () => {
    await put('train-images-idx3-ubyte.gz', gzipSync(pictures(0)));
    await put('train-labels-idx1-ubyte', labels);
    await put('t10k-images-idx3-ubyte', pictures(100));
  });

  it('are found in their folder, with the labels that belong to them', async () => {
    const train = await openPictures(directory);
    expect([train.size, train.sampleShape, train.classNames]).toEqual([2, [4, 4, 1], ['0', '1', '2', '3']]);
    expect(await fetch(train, 1)).toEqual({ shape: [1, 4, 4, 1], bytes: Array.from({ length: 16 }, (_, i) => 16 + i), label: 1 });
    const test = await openPictures(directory, { split: 'test' });
    expect((await fetch(test, 0)).bytes[0]).toBe(100);
    expect(test.classNames).toBeUndefined();
    expect(test.fingerprint).not.toBe(train.fingerprint);
  });

  it('are opened by name, and come in the size and channels that are asked for', async () => {
    const dataset = await openPictures(join(directory, 't10k-images-idx3-ubyte'), { size: 5, channels: 3 });
    expect(dataset.sampleShape).toEqual([5, 5, 3]);
    const { shape, bytes } = await fetch(dataset, 0);
    expect(shape).toEqual([1, 5, 5, 3]);
    expect([bytes[0], bytes[1], bytes.at(-1)]).toEqual([100, 100, 0]);
  });

  it('are refused when they do not belong together, or are something else', async () => {
    await put('train-labels-idx1-ubyte', formatIdx({ shape: [3], values: new Uint8Array(3) }));
    await expect(openPictures(directory)).rejects.toThrow(
      /holds 2 pictures, but train-labels-idx1-ubyte holds labels of shape \[3\]/,
    );
    await expect(openPictures(join(directory, 'train-labels-idx1-ubyte'))).rejects.toThrow(
      /holds an array \[3\], expected pictures/,
    );
  });

  it('of the other split are said to be all there is', async () => {
    await rm(join(directory, 't10k-images-idx3-ubyte'));
    await expect(openPictures(directory, { split: 'test' })).rejects.toThrow(
      /no file of test pictures .* it has train-images-idx3-ubyte\.gz/,
    );
  });
});

describe('CIFAR-10', () => {
  const record = (label: number, red: number) =>
    Buffer.concat([Buffer.of(label), Buffer.alloc(1024, red), Buffer.alloc(1024, 20), Buffer.alloc(1024, 30)]);

  it('is found by its files, in their order', async () => {
    await put('data_batch_2.bin', record(9, 12));
    await put('data_batch_1.bin', Buffer.concat([record(0, 10), record(4, 11)]));
    const dataset = await openPictures(directory);
    expect([dataset.size, dataset.sampleShape, dataset.classNames?.[4]]).toEqual([3, [32, 32, 3], 'deer']);
    const { bytes, label } = await fetch(dataset, 2);
    expect([bytes.slice(0, 6), label]).toEqual([[12, 20, 30, 12, 20, 30], 9]);
    await expect(openPictures(directory, { split: 'test' })).rejects.toThrow(/has no test_batch\.bin; unpack/);
  });

  it.each([
    ['a cut file', record(0, 1).subarray(0, 3000), /data_batch_1\.bin has 3000 bytes, expected a multiple of 3073/],
    ['an unknown class', record(77, 1), /picture 0 has the class 77, expected 0 to 9/],
  ])('is refused with %s', async (_, bytes, message) => {
    await put('data_batch_1.bin', bytes);
    await expect(openPictures(directory)).rejects.toThrow(message);
  });
});

it('refuses an option that it does not know, whatever the path holds', async () => {
  await expect(openPictures(directory, { splitt: 'test' } as object)).rejects.toThrow(
    "unknown option 'splitt'; did you mean 'split'?",
  );
});

describe('other paths', () => {
  it('are folders of pictures', async () => {
    await put('a.png', await png('red'));
    await put('b.png', await png('blue'));
    expect((await openPictures(directory)).sampleShape).toEqual([64, 64, 3]);
    expect((await openPictures(directory, { size: 8, channels: 1 })).sampleShape).toEqual([8, 8, 1]);
  });

  it('may hold a folder for each split', async () => {
    for (const name of ['train/a/1.png', 'train/b/2.png', 'train/b/3.png', 'test/a/1.png', 'test/b/2.png'])
      await put(name, await png('red'));
    const dataset = await openPictures(directory, { size: 8 });
    expect([dataset.size, dataset.classNames]).toEqual([3, ['a', 'b']]);
    expect((await openPictures(directory, { size: 8, split: 'test' })).size).toBe(2);
  });

  it.each([
    ['nowhere', /there is nothing at .*nowhere; expected a folder of pictures, IDX files \(MNIST\) or CIFAR-10's/],
    ['archive.zip', /archive\.zip is a file, but not an IDX file of pictures; give the folder .* \(unpack an archive first\)/],
    ['texts', /no picture in .*texts can be used\. Looked for \.png/],
  ])('such as %s are refused', async (name, message) => {
    await put('archive.zip', 'PK and so on');
    await put('texts/a.txt', 'a text');
    await expect(openPictures(join(directory, name))).rejects.toThrow(message);
  });
});
