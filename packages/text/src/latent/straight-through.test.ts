import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { StraightThrough } from './straight-through.js';

const LOGITS = [
  [1, 3, 2],
  [0, -1, -4],
];

/** d/dx of w · softmax(x / t), from the closed form p (w − p · w) / t. */
function softmaxGradient(row: readonly number[], weights: readonly number[], temperature: number): number[] {
  const exponentials = row.map((x) => Math.exp(x / temperature));
  const total = exponentials.reduce((sum, x) => sum + x, 0);
  const p = exponentials.map((x) => x / total);
  const mean = p.reduce((sum, x, i) => sum + x * weights[i]!, 0);
  return p.map((x, i) => (x * (weights[i]! - mean)) / temperature);
}

it.each([1, 0.5])('gives the likeliest token, and the gradient of the softmax of temperature %d', async (temperature) => {
  const layer = new StraightThrough({});
  const logits = tf.tensor2d(LOGITS);
  const weights = [2, -1, 0.5];
  (layer.apply(logits) as tf.Tensor).dispose();
  layer.setTemperature(temperature);
  const result = layer.apply(logits) as tf.Tensor;
  expect((await result.array()).toString()).toBe([[0, 1, 0], [1, 0, 0]].toString()); // biome-ignore format: a table
  const gradient = tf.tidy(() =>
    tf.grad((x: tf.Tensor) => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, tf.tensor1d(weights))))(logits),
  );
  const expected = LOGITS.flatMap((row) => softmaxGradient(row, weights, temperature));
  const values = await gradient.data();
  expected.forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, 5);
  });
  layer.dispose();
  tf.dispose([logits, result, gradient]);
});
