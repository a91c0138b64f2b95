import '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { MinibatchDeviation } from './minibatch-deviation.js';

const FEATURES = [
  [1, 5],
  [3, 5],
  [5, 11],
];

test('appends the deviation of the batch to each sample', () => {
  const layer = new MinibatchDeviation();
  tf.tidy(() => {
    // Variances 8/3 and 8.
    const deviation = Math.sqrt(32 / 3);
    const appended = (layer.apply(tf.tensor2d(FEATURES)) as tf.Tensor2D).arraySync();
    appended.forEach((row, i) => {
      expect(row.slice(0, 2)).toEqual(FEATURES[i]);
      expect(row[2]).toBeCloseTo(deviation, 5);
    });
  });
  layer.dispose();
});

test('its gradient leads samples apart, and is finite where they are the same', () => {
  const layer = new MinibatchDeviation();
  tf.tidy(() => {
    const deviation = (x: tf.Tensor) => tf.slice(layer.apply(x) as tf.Tensor2D, [0, 2], [1, 1]).asScalar();
    const slope = tf.grad(deviation)(tf.tensor2d(FEATURES)).dataSync();
    // ∂√(Σ variance)/∂x = (x - mean) / (batch · deviation).
    const means = [3, 7];
    FEATURES.flat().forEach((value, i) => {
      expect(slope[i]).toBeCloseTo((value - means[i % 2]!) / (3 * Math.sqrt(32 / 3)), 5);
    });
    expect([
      ...tf
        .grad(deviation)(tf.ones([3, 2]))
        .dataSync(),
    ]).toEqual([0, 0, 0, 0, 0, 0]);
  });
  layer.dispose();
});
