import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { gradientError, penaltyGradientError, randomTensor } from './check-gradients.js';
import { correctGradients } from './correct-gradients.js';
import { gradientCases } from './gradient-cases.js';

correctGradients();

/** What cannot be trained on an engine. */
const missing: Record<string, RegExp> = { wasm: /^depthwise/ };

describe.each(['cpu', 'wasm'])('on %s', (engine) => {
  beforeAll(async () => {
    await tf.setBackend(engine);
  });

  test.each(gradientCases.filter(({ name }) => !missing[engine]?.test(name)))('$name', async ({ f, x, w }) => {
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
});

test('a second call changes nothing', () => {
  const before = tf.getGradient('Tanh');
  correctGradients();
  expect(tf.getGradient('Tanh')).toBe(before);
});
