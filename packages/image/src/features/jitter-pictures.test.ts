import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { jitterPictures } from './jitter-pictures.js';

const picture = () => tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);

it('changes nothing when not asked to', async () => {
  const before = picture();
  const after = jitterPictures(before, Random.fromSeed(1), { shift: 0, flip: false });
  expect([...(await after.data())]).toEqual([1, 2, 3, 4, 5, 6]);
  tf.dispose([before, after]);
});

it('mirrors about half of the pictures, all channels alike', async () => {
  const before = tf.tidy(() => tf.tile(tf.tensor4d([1, 10, 2, 20], [1, 1, 2, 2]), [200, 1, 1, 1]));
  const after = jitterPictures(before, Random.fromSeed(1), { shift: 0, flip: true });
  const pictures = (await after.array()).map((rows) => rows.flat(2).join());
  const mirrored = pictures.filter((values) => values === '2,20,1,10').length;
  expect(pictures.filter((values) => values === '1,10,2,20').length).toBe(200 - mirrored);
  expect(mirrored).toBeGreaterThan(70);
  expect(mirrored).toBeLessThan(130);
  tf.dispose([before, after]);
});

it('moves pictures in every direction, with black behind them', async () => {
  const before = tf.tidy(() => tf.tile(picture(), [300, 1, 1, 1]));
  const after = jitterPictures(before, Random.fromSeed(2), { shift: 1, flip: false });
  const seen = new Set((await after.array()).map((rows) => rows.flat(2).join()));
  expect(seen.size).toBe(9);
  expect(seen).toContain('1,2,3,4,5,6');
  expect(seen).toContain('2,3,-1,5,6,-1');
  expect(seen).toContain('-1,-1,-1,-1,1,2');
  tf.dispose([before, after]);
});
