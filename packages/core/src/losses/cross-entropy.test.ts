import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gradientError, randomTensor } from '../gradients/check-gradients.js';
import { crossEntropy } from './cross-entropy.js';

test('is the mean surprise of the right classes', () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([0, 0, Math.log(3), 0], [2, 2]);
    const [value] = crossEntropy(logits, tf.tensor1d([1, 0], 'int32')).dataSync();
    // ½ and ¾ are right.
    expect(value).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2, 6);
    expect(() => crossEntropy(logits, undefined)).toThrow('2 classes needs the label of each sample');
  });
});

test('has the gradient of its finite differences', async () => {
  const logits = randomTensor([3, 4], 1);
  const labels = tf.tensor1d([3, 0, 1], 'int32');
  expect(await gradientError((x) => crossEntropy(x as tf.Tensor2D, labels), logits)).toBeLessThan(0.01);
  tf.dispose([logits, labels]);
});
