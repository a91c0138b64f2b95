import { resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { advantages, type RewardOptions, rewardSchema } from './reward-options.js';

/** Four rows of two tokens. */
const REWARDS = [
  [0.1, 0.5],
  [0.4, 0.9],
  [0.2, 0.5],
  [0.3, 0.1],
];

async function weighed(options: RewardOptions): Promise<number[][]> {
  const result = tf.tidy(() => advantages(tf.tensor2d(REWARDS), resolveOptions('train', options, rewardSchema)));
  const values = (await result.array()).map((row) => row.map((value) => Math.round(value * 1e4) / 1e4));
  result.dispose();
  return values;
}

test('rewards stay as they are unless something else is asked for', async () => {
  expect(await weighed({})).toEqual(REWARDS);
});

test('a baseline takes away the mean of each place', async () => {
  // The means are 0.25 and 0.5.
  expect(await weighed({ baseline: 'batch' })).toEqual([
    [-0.15, 0],
    [0.15, 0.4],
    [-0.05, 0],
    [0.05, -0.4],
  ]);
});

test('ranks are put through a sigmoid', async () => {
  // σ(12 (0.5 − rank / 4)) for the ranks 1 to 4 is 0.9526, 0.5, 0.0474, 0.0025; equal rewards have the better rank.
  expect(await weighed({ scaling: 'rank' })).toEqual([
    [0.0025, 0.5],
    [0.9526, 0.9526],
    [0.0474, 0.5],
    [0.5, 0.0025],
  ]);
});
