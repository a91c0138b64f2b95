import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pictureFiles } from './picture-files.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pictures-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('writes each picture into a file of its own, without loss', async () => {
  const samples = tf.tensor4d([-1, 1, 1, -1, -1, -1], [2, 1, 1, 3]);
  const names = await pictureFiles().writeEach(samples, join(directory, 'new'), 41);
  expect(names).toEqual(['000041.png', '000042.png']);
  expect(await readdir(join(directory, 'new'))).toEqual(names);
  const { data, info } = await sharp(join(directory, 'new', '000041.png'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([1, 1, 3]);
  expect([...data]).toEqual([0, 255, 255]);
  samples.dispose();
});

it('writes a grid in which small pictures can be seen, grey ones as grey', async () => {
  const samples = tf.ones([4, 28, 28, 1]);
  const path = join(directory, 'grid.png');
  await pictureFiles().writePreview(samples, path);
  const { width, height, channels, format } = await sharp(path).metadata();
  expect({ width, height, channels, format }).toEqual({ width: 174, height: 174, channels: 1, format: 'png' });
  expect(await readdir(directory)).toEqual(['grid.png']);
  samples.dispose();
});

it('leaves no half file behind when it cannot write', async () => {
  const samples = tf.ones([1, 4, 4, 1]);
  await expect(pictureFiles().writePreview(samples, directory)).rejects.toThrow();
  expect(await readdir(directory)).toEqual([]);
  samples.dispose();
});
