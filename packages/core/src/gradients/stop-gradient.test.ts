import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { stopGradient } from './stop-gradient.js';

test('the gradient does not go through it', () => {
  const gradient = tf.tidy(
    () =>
      tf
        .grad((x: tf.Tensor) =>
          tf.mul(
            x,
            stopGradient(() => tf.square(x)),
          ),
        )(tf.scalar(3))
        .dataSync()[0],
  );
  // Of x · 9, not of x³.
  expect(gradient).toBe(9);
});
