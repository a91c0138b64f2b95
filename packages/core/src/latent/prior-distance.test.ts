import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { priorDistance } from './prior-distance.js';

it('is the closed form for two points against two', async () => {
  // In one dimension the expected squared distance is 2. Both pairs are 1 apart, the pairs across 2, 3, 1 and 2.
  const kernel = (squared: number) => [0.1, 0.2, 0.5, 1, 2, 5, 10].reduce((sum, s) => sum + (2 * s) / (2 * s + squared), 0);
  const expected = 2 * kernel(1) - 2 * ((kernel(4) + kernel(9) + kernel(1) + kernel(4)) / 4);
  const distance = tf.tidy(() => priorDistance(tf.tensor2d([[0], [1]]), tf.tensor2d([[2], [3]])));
  expect((await distance.data())[0]).toBeCloseTo(expected, 4);
  distance.dispose();
});

it('is about 0 for draws of the same distribution, and more the further they are', async () => {
  const random = Random.fromSeed(3);
  const draws = [0, 0.5, 1].map((mean) => random.normalTensor<tf.Rank.R2>([400, 8], mean));
  const prior = random.normalTensor<tf.Rank.R2>([400, 8]);
  const distances = draws.map((points) => priorDistance(points, prior));
  const [same, near, far] = await Promise.all(distances.map(async (distance) => (await distance.data())[0]!));
  expect(Math.abs(same!)).toBeLessThan(0.01);
  expect(near).toBeGreaterThan(0.05);
  expect(far).toBeGreaterThan(2 * near!);
  tf.dispose([...draws, prior, ...distances]);
});
