import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { combineLatents } from './combine-latents.js';
import { interpolateLinear, interpolateSpherical } from './interpolation.js';
import { normalLatent, uniformLatent } from './latent-space.js';

const points = (of: () => tf.Tensor): number[] => tf.tidy(() => [...of().dataSync()]);
const expectClose = (computed: number[], expected: number[]) => {
  expect(computed.length).toBe(expected.length);
  computed.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 4);
  });
};

test('along the line', () => {
  const path = points(() => interpolateLinear(tf.tensor1d([0, 2]), tf.tensor2d([[4, 0]]), [0, 0.25, 1]));
  expectClose(path, [0, 2, 1, 1.5, 4, 0]);
});

test('along the great circle, at even angles and on the sphere', () => {
  const path = points(() => interpolateSpherical(tf.tensor1d([3, 0]), tf.tensor1d([0, 3]), [0, 1 / 3, 2 / 3, 1]));
  const [half, root] = [1.5, 1.5 * Math.sqrt(3)];
  expectClose(path, [3, 0, root, half, half, root, 0, 3]);
});

test('between a point and itself there is only that point', () => {
  const path = points(() => interpolateSpherical(tf.tensor1d([1, 2]), tf.tensor1d([1, 2]), [0, 0.5, 1]));
  expectClose(path, [1, 2, 1, 2, 1, 2]);
});

test('each space knows its own way', () => {
  expect(normalLatent(2).defaultInterpolation).toBe(interpolateSpherical);
  expect(uniformLatent(2).defaultInterpolation).toBe(interpolateLinear);
});

test('combines the means of ideas', () => {
  const combined = points(() =>
    combineLatents([
      {
        z: tf.tensor2d([
          [1, 0],
          [3, 0],
        ]),
        weight: 1,
      },
      { z: tf.tensor2d([[1, 1]]), weight: -1 },
      {
        z: tf.tensor2d([
          [0, 4],
          [0, 2],
        ]),
        weight: 0.5,
      },
    ]),
  );
  expectClose(combined, [1, 0.5]);
});
