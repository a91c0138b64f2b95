import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { gradientError, randomTensor } from '../gradients/check-gradients.js';
import { correctGradients } from '../gradients/correct-gradients.js';
import { draganPenalty, r1Penalty, r2Penalty, type Score, wassersteinGradientPenalty } from './gradient-penalties.js';

correctGradients();

const number = (of: () => tf.Scalar): number => tf.tidy(() => of().dataSync()[0]!);

test('a linear critic has the slope |w| everywhere', () => {
  // |w| = 3
  const score: Score = (x) => tf.matMul(x as tf.Tensor2D, tf.tensor2d([2, -1, 2], [3, 1]));
  const [real, fake] = [
    tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    tf.tensor2d([
      [0, 1, 0],
      [1, 0, 9],
    ]),
  ];
  const mix = tf.tensor1d([0.2, 0.7]);
  expect(number(() => wassersteinGradientPenalty(score, real, fake, mix))).toBeCloseTo(4, 5);
  expect(number(() => wassersteinGradientPenalty(score, real, fake, mix, { target: 0 }))).toBeCloseTo(9, 5);
  expect(number(() => draganPenalty(score, real, fake))).toBeCloseTo(4, 5);
  expect(number(() => r1Penalty(score, real))).toBeCloseTo(4.5, 5);
  expect(number(() => r2Penalty(score, fake))).toBeCloseTo(4.5, 5);
  tf.dispose([real, fake, mix]);
});

test('a quadratic critic has the slope of the point that it is taken at', () => {
  // D = ½|x|², so the gradient at x is x itself.
  const score: Score = (x) => tf.mul(0.5, tf.sum(tf.square(x), 1, true));
  const [real, fake] = [
    tf.tensor2d([
      [3, 4],
      [0, 0],
    ]),
    tf.tensor2d([
      [0, 0],
      [0, 2],
    ]),
  ];
  const mix = tf.tensor1d([1, 0.25]);
  // x̂ = (3, 4) and (0, 1.5)
  expect(number(() => wassersteinGradientPenalty(score, real, fake, mix))).toBeCloseTo((16 + 0.25) / 2, 4);
  expect(number(() => r1Penalty(score, real))).toBeCloseTo(25 / 4, 5);
  expect(number(() => r2Penalty(score, fake))).toBeCloseTo(4 / 4, 5);
  // The deviation of 3, 4, 0, 0 is √3.1875 = 1.785357; x̂ = (3, 4) + 0.892679 (1, 0), and (0, 0).
  const noise = tf.tensor2d([
    [1, 0],
    [0, 0],
  ]);
  const slope = Math.hypot(3.892679, 4);
  expect(number(() => draganPenalty(score, real, noise))).toBeCloseTo(((slope - 1) ** 2 + 1) / 2, 4);
  tf.dispose([real, fake, mix, noise]);
});

test('stays differentiable where the slope is 0', () => {
  const gradient = tf.tidy(() => {
    const w = tf.zeros([2, 1]) as tf.Tensor2D;
    const penalty = (at: tf.Tensor) =>
      wassersteinGradientPenalty(
        (x) => tf.matMul(x as tf.Tensor2D, at as tf.Tensor2D),
        tf.ones([3, 2]),
        tf.zeros([3, 2]),
        tf.ones([3]),
      );
    return [...tf.grad(penalty)(w).dataSync()];
  });
  expect(gradient.every(Number.isFinite)).toBe(true);
});

const activations: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  leakyReLU: (x) => tf.leakyRelu(x, 0.2),
  tanh: tf.tanh,
};

describe.each(Object.keys(activations))('the gradient by the weights of a convolutional critic with %s', (name) => {
  const critic =
    (filter: tf.Tensor): Score =>
    (x) => {
      const hidden = activations[name]!(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'));
      return tf.mean(tf.square(tf.add(hidden, 0.3)), [1, 2, 3]);
    };
  const penalties: Record<string, (filter: tf.Tensor, real: tf.Tensor, fake: tf.Tensor) => tf.Scalar> = {
    wassersteinGradientPenalty: (filter, real, fake) =>
      wassersteinGradientPenalty(critic(filter), real, fake, tf.tensor1d([0.3, 0.6])),
    draganPenalty: (filter, real, fake) => draganPenalty(critic(filter), real, fake),
    r1Penalty: (filter, real) => r1Penalty(critic(filter), real),
    r2Penalty: (filter, _real, fake) => r2Penalty(critic(filter), fake),
  };

  test.each(Object.keys(penalties))('of %s', async (penalty) => {
    // Seeds for which no unit is so near its kink that the difference quotient steps over it.
    const [real, fake, filter] = [
      randomTensor([2, 4, 4, 1], 3),
      randomTensor([2, 4, 4, 1], 103),
      randomTensor([4, 4, 1, 2], 203),
    ];
    expect(await gradientError((at) => penalties[penalty]!(at, real, fake), filter)).toBeLessThan(0.01);
    tf.dispose([real, fake, filter]);
  });
});
