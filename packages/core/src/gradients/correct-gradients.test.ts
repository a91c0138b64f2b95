import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { gradientError, penaltyGradientError, randomTensor } from './check-gradients.js';
import { correctGradients } from './correct-gradients.js';
import { gradientCases } from './gradient-cases.js';

correctGradients();

// The other engines: in node/engines/gradients.test.ts.
beforeAll(() => tf.setBackend('cpu'));

test.each(gradientCases)('$name', async ({ f, x, w }) => {
  const input = randomTensor(x, 7);
  const weights = randomTensor(w, 11);
  expect(await gradientError((at) => f(at, weights), input), 'first order').toBeLessThan(0.01);
  expect(await penaltyGradientError(f, input, weights), 'second order').toBeLessThan(0.01);
  tf.dispose([input, weights]);
});

test('tanh, twice in a row, has its second derivative', () => {
  const second = tf.tidy(
    () =>
      tf
        .grad((x: tf.Tensor) => tf.grad(tf.tanh)(x))(tf.scalar(0.5))
        .dataSync()[0],
  );
  expect(second).toBeCloseTo(-2 * Math.tanh(0.5) * (1 - Math.tanh(0.5) ** 2), 5);
});

test('a second call changes nothing', () => {
  const before = tf.getGradient('Tanh');
  correctGradients();
  expect(tf.getGradient('Tanh')).toBe(before);
});
