import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { drawTokens } from './draw-tokens.js';

async function drawn(probabilities: readonly number[], uniforms: readonly number[]): Promise<number[]> {
  const tokens = tf.tidy(() => {
    const table = tf.tile(tf.tensor2d([[...probabilities]]), [uniforms.length, 1]) as tf.Tensor2D;
    return drawTokens(table, tf.tensor2d([...uniforms], [uniforms.length, 1]));
  });
  const values = Array.from(await tokens.data());
  tokens.dispose();
  return values;
}

test('inverts the cumulative distribution, whatever the sum of a row, and never draws a token of probability 0', async () => {
  // Eleven tokens, for which there are no equal blocks: cumulative sums 0, 2, 2, 3, 3, 3, 3, 7, 7, 8, 8 of 8.
  const weights = [0, 2, 0, 1, 0, 0, 0, 4, 0, 1, 0];
  expect(await drawn(weights, [0, 1.9 / 8, 2.1 / 8, 2.9 / 8, 3.1 / 8, 6.9 / 8, 7.1 / 8, 1])).toEqual([1, 1, 3, 3, 7, 7, 9, 9]);
});

test('evenly spread uniform numbers give each token its share', async () => {
  const random = Random.fromSeed(1);
  const weights = Array.from({ length: 150 }, () => random.uniform() ** 4);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const count = 20_000;
  const tokens = await drawn(
    weights,
    Array.from({ length: count }, (_, i) => (i + 0.5) / count),
  );
  const counts = weights.map(() => 0);
  for (const token of tokens) counts[token]! += 1;
  // An interval of length p holds p × count of the evenly spread numbers, or one more or less.
  for (const [token, found] of counts.entries()) expect(Math.abs(found - (weights[token]! / total) * count)).toBeLessThan(1.5);
});

test('random draws are distributed as they should be', async () => {
  const random = Random.fromSeed(2);
  const weights = Array.from({ length: 40 }, (_, i) => 1 + (i % 7));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const count = 20_000;
  const tokens = await drawn(weights, Array.from(random.fillUniform(new Float32Array(count))));
  const counts = weights.map(() => 0);
  for (const token of tokens) counts[token]! += 1;
  const chiSquare = counts.reduce((sum, found, token) => {
    const expected = (weights[token]! / total) * count;
    return sum + (found - expected) ** 2 / expected;
  }, 0);
  // The 0.1 % and 99.9 % points of χ² with 39 degrees of freedom (SciPy: chi2.ppf([0.001, 0.999], 39)).
  expect(chiSquare).toBeGreaterThan(17.26);
  expect(chiSquare).toBeLessThan(72.05);
});
