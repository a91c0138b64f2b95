import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { naming } from './naming.js';

const nats = (nearness: number[][], shares: number[][], present: number[], temperature: number) =>
  tf.tidy(() => naming(tf.tensor2d(nearness), tf.tensor2d(shares), tf.tensor1d(present), temperature).dataSync()[0]!);

test('the cross-entropy of what is there, in closed form', () => {
  // At temperature 0.5 nearness 1 against 0 is as 2 against 0.
  const sure = Math.log(1 + Math.exp(-2));
  expect(nats([[1, 0]], [[1, 0]], [1], 0.5)).toBeCloseTo(sure, 5);
  expect(nats([[0, 1]], [[1, 0]], [1], 0.5)).toBeCloseTo(sure + 2, 5);
  expect(nats([[1, 0]], [[0.5, 0.5]], [1], 0.5)).toBeCloseTo(sure + 1, 5);
});

test('rows that lack a form, or whose pieces are unknown, do not count', () => {
  const rows = [[1, 0], [0, 1], [0, 1]]; // biome-ignore format: rows
  const one = nats([[1, 0]], [[1, 0]], [1], 0.5);
  expect(nats(rows, [[1, 0], [1, 0], [0, 0]], [1, 0, 1], 0.5)).toBeCloseTo(one, 5); // biome-ignore format: rows
  expect(nats(rows, [[1, 0], [1, 0], [1, 0]], [0, 0, 0], 0.5)).toBeCloseTo(0); // biome-ignore format: rows
});
