import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { featureMatching } from './feature-matching.js';

test('is the squared distance of the mean features, for batches of different sizes', () => {
  const distance = tf.tidy(() => {
    const real = tf.tensor([1, 2, 3, 6], [2, 1, 2]); // means 2, 4
    const fake = tf.tensor([0, 1, 0, 1, 3, 1], [3, 1, 2]); // means 1, 1
    return featureMatching(real, fake).dataSync()[0];
  });
  expect(distance).toBeCloseTo(10, 5);
});
