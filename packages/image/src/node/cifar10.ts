import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inMemoryDataset, resolveOptions } from '@polygan/core';
import { splitField } from './idx-pictures.js';
import type { PictureDataset } from './picture-folder.js';

/** Options of {@link cifar10}. */
export interface Cifar10Options {
  /** 'train' (data_batch_1.bin …, the default) or 'test' (test_batch.bin). */
  readonly split?: 'train' | 'test';
}

const SIDE = 32;
const PIXELS = SIDE * SIDE;
const RECORD = 1 + 3 * PIXELS;
const FILES = { train: /^data_batch_\d+\.bin$/, test: /^test_batch\.bin$/ };
const CLASS_NAMES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/**
 * CIFAR-10 in its "binary version": colour pictures `[32, 32, 3]` in ten classes (Krizhevsky, 2009).
 *
 * @param directory the unpacked `cifar-10-batches-bin`
 * @throws if it has no files of the split, or one of them is not whole
 */
export async function cifar10(directory: string, options: Cifar10Options = {}): Promise<PictureDataset> {
  const { split } = resolveOptions('cifar10', options, { split: splitField });
  const names = (await readdir(directory)).filter((name) => FILES[split].test(name)).sort();
  if (names.length === 0) {
    const expected = split === 'train' ? 'data_batch_1.bin' : 'test_batch.bin';
    throw new Error(
      `cifar10: ${directory} has no ${expected}; unpack cifar-10-binary.tar.gz and give its folder cifar-10-batches-bin`,
    );
  }
  const files = await Promise.all(names.map((name) => readFile(join(directory, name))));
  files.forEach((file, i) => {
    if (file.length === 0 || file.length % RECORD !== 0) {
      throw new Error(
        `cifar10: ${names[i]} has ${file.length} bytes, expected a multiple of ${RECORD}; it is not complete, get it again`,
      );
    }
  });

  const records = Buffer.concat(files);
  const count = records.length / RECORD;
  const values = new Uint8Array(count * 3 * PIXELS);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = records[i * RECORD]!;
    if (labels[i]! >= CLASS_NAMES.length)
      throw new Error(`cifar10: picture ${i} has the class ${labels[i]}, expected 0 to 9; is this CIFAR-10?`);
    // The file holds a picture's red, then its green, then its blue.
    for (let channel = 0; channel < 3; channel++) {
      const from = i * RECORD + 1 + channel * PIXELS;
      const to = i * 3 * PIXELS + channel;
      for (let pixel = 0; pixel < PIXELS; pixel++) values[to + 3 * pixel] = records[from + pixel]!;
    }
  }
  const fingerprint = `cifar10-${createHash('sha256').update(records).digest('hex').slice(0, 32)}`;
  const sampleShape = [SIDE, SIDE, 3] as const;
  return { ...inMemoryDataset({ values, sampleShape, labels, classNames: CLASS_NAMES, fingerprint }), sampleShape, skipped: [] };
}

/** Whether a folder holds CIFAR-10's binary files. */
export async function holdsCifar10(directory: string): Promise<boolean> {
  return (await readdir(directory)).some((name) => FILES.train.test(name) || FILES.test.test(name));
}
