import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gradientError, penaltyGradientError, randomTensor } from './check-gradients.js';
import { correctGradients } from './correct-gradients.js';
import { gradientCases } from './gradient-cases.js';

correctGradients();

describe.each(['cpu'])('on %s', (engine) => {
  beforeAll(async () => {
    await tf.setBackend(engine);
  });

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
});

test('a second call changes nothing', () => {
  const before = tf.getGradient('GatherV2');
  correctGradients();
  expect(tf.getGradient('GatherV2')).toBe(before);
});

test('gather has its gradient on an engine that cannot sum by segments', async () => {
  const kernel = tf.getKernel('UnsortedSegmentSum', 'cpu');
  tf.unregisterKernel('UnsortedSegmentSum', 'cpu');
  try {
    const x = randomTensor([2, 5, 3], 3);
    const indices = tf.tensor2d(
      [
        [4, 0],
        [4, 1],
      ],
      [2, 2],
      'int32',
    );
    for (const axis of [0, 1, 2]) {
      const within = tf.tidy(() => tf.minimum(indices, x.shape[axis]! - 1).toInt());
      expect(await gradientError((at) => tf.square(tf.gather(at, within, axis)), x)).toBeLessThan(0.01);
      within.dispose();
    }
    tf.dispose([x, indices]);
  } finally {
    tf.registerKernel(kernel);
  }
});
