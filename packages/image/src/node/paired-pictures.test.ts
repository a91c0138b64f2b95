import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pairedPictures } from './paired-pictures.js';
import { pictureFolder } from './picture-folder.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pairs-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function put(name: string, brightness: number): Promise<void> {
  const file = join(directory, name);
  await mkdir(dirname(file), { recursive: true });
  const colour = { r: brightness, g: brightness, b: brightness };
  await sharp({ create: { width: 8, height: 8, channels: 3, background: colour } }).toFile(file);
}

const opened = (name: string, size = 8) => pictureFolder(join(directory, name), { size, channels: 1 });

it('joins pictures of the same name, whatever their endings, and names those that are alone', async () => {
  await put('photos/a.png', 10);
  await put('photos/cats/b.png', 20);
  await put('photos/alone.png', 30);
  await put('sketches/a.webp', 110);
  await put('sketches/cats/b.png', 120);
  const pairs = pairedPictures(await opened('photos'), await opened('sketches'));
  expect(pairs.size).toBe(2);
  expect(pairs.skipped).toEqual([{ name: 'alone.png', reason: 'no picture of that name to make it from' }]);
  const { samples, conditions } = await pairs.batch([1, 0]);
  const first = async (tensor: tf.Tensor) => [...(await tensor.data())].filter((_, i) => i % 64 === 0);
  const byte = (value: number) => expect.closeTo(value / 127.5 - 1, 1);
  expect(await first(samples)).toEqual([20, 10].map(byte));
  expect(await first(conditions!)).toEqual([120, 110].map(byte));
  tf.dispose([samples, conditions!]);
});

it('refuses folders that have nothing in common, and other sizes', async () => {
  for (const name of ['one', 'two']) await put(`photos/${name}.png`, 10);
  for (const name of ['three', 'four']) await put(`sketches/${name}.png`, 10);
  const photos = await opened('photos');
  const sketches = await opened('sketches');
  expect(() => pairedPictures(photos, sketches)).toThrow('0 of 2 pictures have a partner');
  const large = await opened('photos', 16);
  expect(() => pairedPictures(photos, large)).toThrow('pictures of 8 pixels need partners of as many, got 16');
});
