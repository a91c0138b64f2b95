import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dropout } from './dropout.js';

test('leaves out a share, and scales the rest so that the mean stays', async () => {
  const drop = dropout(0.3, Random.fromSeed(1));
  const [once, again] = tf.tidy(() => [drop(tf.ones([100, 100])), drop(tf.ones([100, 100]))]);
  const values = await once.data();
  // Five standard errors of a share of 0.3 in 10,000 draws.
  expect(Math.abs(values.filter((value) => value === 0).length / 10_000 - 0.3)).toBeLessThan(0.023);
  expect([...new Set(values)].sort()).toEqual([0, Math.fround(1 / 0.7)]);
  expect(await again.data()).not.toEqual(values);
  tf.dispose([once, again]);
});
