import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { clipWeights } from './clip-weights.js';

test('no weight is larger than the limit, and the small ones stay', () => {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d([-3, -0.25, 0.5, 2])));
  const tensors = tf.memory().numTensors;
  clipWeights([variable], 0.5);
  expect(tf.memory().numTensors).toBe(tensors);
  expect([...variable.dataSync()]).toEqual([-0.5, -0.25, 0.5, 0.5]);
  variable.dispose();
});
