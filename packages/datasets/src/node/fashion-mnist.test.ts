import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatIdx } from '@polygan/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fashionMnist } from './fashion-mnist.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fashion-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('reads the files of a directory', async () => {
  const images = formatIdx({ shape: [2, 28, 28], values: new Uint8Array(2 * 784).fill(255, 784) });
  await writeFile(join(directory, 't10k-images-idx3-ubyte.gz'), gzipSync(images));
  await writeFile(join(directory, 't10k-labels-idx1-ubyte.gz'), gzipSync(formatIdx({ shape: [2], values: Uint8Array.of(9, 3) })));
  const dataset = await fashionMnist({ directory, split: 'test' });
  expect(dataset.size).toBe(2);
  const { samples, labels } = await dataset.batch([1, 0]);
  expect((await labels!.data())[0]).toBe(3);
  expect((await samples.data())[0]).toBe(1);
  expect(dataset.classNames?.[9]).toBe('Ankle boot');
  samples.dispose();
  labels!.dispose();
});

it('says where it looked and what to do when the files are nowhere', async () => {
  await expect(fashionMnist({ directory, url: 'http://127.0.0.1:9' })).rejects.toThrow(
    /train-images-idx3-ubyte\.gz and train-labels-idx1-ubyte\.gz are not in .*no answer from .*Install Debian's package dataset-fashion-mnist, or put/,
  );
});

// Only where Debian's package dataset-fashion-mnist is installed.
if (existsSync('/usr/share/datasets/fashion-mnist')) {
  it('finds what a Debian package installed', async () => {
    const dataset = await fashionMnist({ split: 'test' });
    expect(dataset.size).toBe(10000);
  });
}
