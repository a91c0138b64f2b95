import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { pictureGrid } from './picture-grid.js';

it('lays pictures out row by row with padding between and around', async () => {
  const samples = tf.tensor4d([-1, 1, 0.2], [3, 1, 1, 1]);
  const grid = await pictureGrid(samples, { columns: 2, padding: 1, background: 7 });
  expect([grid.width, grid.height, grid.channels]).toEqual([5, 5, 1]);
  // prettier-ignore
  expect([...grid.data]).toEqual([7, 7, 7, 7, 7, 7, 0, 7, 255, 7, 7, 7, 7, 7, 7, 7, 153, 7, 7, 7, 7, 7, 7, 7, 7]);
  samples.dispose();
});

it('repeats pixels, and keeps colours', async () => {
  const samples = tf.tensor4d([1, -1, -1, -1, 1, -1], [1, 1, 2, 3]);
  const grid = await pictureGrid(samples, { padding: 0, scale: 2 });
  expect([grid.width, grid.height]).toEqual([4, 2]);
  const row = [255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0];
  expect([...grid.data]).toEqual([...row, ...row]);
  samples.dispose();
});

it('makes a square grid when not told otherwise', async () => {
  const samples = tf.zeros([10, 2, 2, 1]);
  const { width, height } = await pictureGrid(samples, { padding: 0 });
  expect([width, height]).toEqual([8, 6]);
  samples.dispose();
});

it('keeps the opacity of pictures that have one, on opaque padding', async () => {
  const transparent = tf.fill([1, 1, 1, 4], -1);
  const { data, channels } = await pictureGrid(transparent, { padding: 1, background: 7 });
  expect(channels).toBe(4);
  expect([...data.slice(0, 4)]).toEqual([7, 7, 7, 255]);
  expect([...data.slice(4 * 4, 5 * 4)]).toEqual([0, 0, 0, 0]);
  transparent.dispose();
});

it('refuses an empty batch and impossible options', async () => {
  const none = tf.zeros([0, 2, 2, 1]);
  await expect(pictureGrid(none)).rejects.toThrow('expected at least one picture');
  none.dispose();
  const one = tf.zeros([1, 2, 2, 1]);
  await expect(pictureGrid(one, { columns: 0 })).rejects.toThrow("'columns' must be a whole number from 1, got 0");
  one.dispose();
});
