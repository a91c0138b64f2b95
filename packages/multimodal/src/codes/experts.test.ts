import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { productOfExperts } from './experts.js';

const expert = (means: number[], variance: number) => ({
  mean: tf.tensor2d(means, [means.length, 1]),
  logVariance: tf.fill([means.length, 1], Math.log(variance)) as tf.Tensor2D,
});

test('products of normal distributions have the closed form, with the prior and without, of those that have a say', () => {
  const [mean, variance] = tf.tidy(() => {
    const experts = [expert([1, 1, 1], 1), expert([4, 4, 4], 0.5)];
    const weights = [tf.tensor1d([1, 1, 0]), tf.tensor1d([1, 0, 1])];
    const results = [true, false].map((withPrior) => productOfExperts(experts, weights, withPrior));
    return [
      results.flatMap((result) => [...result.mean.dataSync()]),
      results.flatMap((result) => [...tf.exp(result.logVariance).dataSync()]),
    ];
  });
  // Precisions are 1 and 2, and 1 of the prior: (1 + 8) / 4, 1 / 2, 8 / 3; then (1 + 8) / 3, 1, 4.
  [9 / 4, 1 / 2, 8 / 3, 3, 1, 4].forEach((value, i) => void expect(mean![i]).toBeCloseTo(value, 5));
  [1 / 4, 1 / 2, 1 / 3, 1 / 3, 1, 1 / 2].forEach((value, i) => void expect(variance![i]).toBeCloseTo(value, 5));
});
