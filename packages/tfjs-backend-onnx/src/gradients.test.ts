import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import './index.js';

beforeAll(() => tf.setBackend('onnx'));

const numbers = (shape: number[], seed: number, from = -1, to = 1) => tf.randomUniform(shape, from, to, 'float32', seed);

/** The slope of `f` along `direction` at `inputs[which]`, from values on both sides. */
function slopeAlong(f: (...inputs: tf.Tensor[]) => tf.Scalar, inputs: tf.Tensor[], which: number, direction: tf.Tensor): number {
  const step = 1e-2;
  const at = (distance: number) => {
    const moved = [...inputs];
    moved[which] = tf.add(inputs[which]!, tf.mul(direction, distance));
    return f(...moved).dataSync()[0]!;
  };
  return (at(step) - at(-step)) / (2 * step);
}

describe('the gradient of batch normalization', () => {
  const inputs = () => [
    numbers([3, 2, 4, 5], 1),
    numbers([5], 2),
    numbers([5], 3, 0.5, 2),
    numbers([5], 4),
    numbers([5], 5, 0.5, 2),
  ];
  const normalized = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, offset: tf.Tensor, scale: tf.Tensor) =>
    tf.batchNorm(x as tf.Tensor4D, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D);
  const value = (...at: tf.Tensor[]) => {
    const [x, mean, variance, offset, scale] = at as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    return tf.sum(tf.square(tf.sin(normalized(x, mean, variance, offset, scale)))) as tf.Scalar;
  };

  test.each(['x', 'mean', 'variance', 'offset', 'scale'].map((name, which) => ({ name, which })))(
    'by $name is what finite differences give',
    ({ which }) => {
      tf.tidy(() => {
        const at = inputs();
        const direction = numbers(at[which]!.shape, 9);
        const gradient = tf.grads(value)(at)[which]!;
        expect(tf.sum(tf.mul(gradient, direction)).dataSync()[0]).toBeCloseTo(slopeAlong(value, at, which, direction), 1);
      });
    },
  );

  test('can be differentiated again', () => {
    tf.tidy(() => {
      const at = inputs();
      const sizeOfGradient = (...by: tf.Tensor[]) =>
        tf.sum(tf.square(tf.grad((x: tf.Tensor) => value(x, ...by.slice(1)))(by[0]!))) as tf.Scalar;
      const direction = numbers([5], 9);
      const gradient = tf.grad((scale: tf.Tensor) => sizeOfGradient(...at.slice(0, 4), scale))(at[4]!);
      const slope = slopeAlong(sizeOfGradient, at, 4, direction);
      expect(tf.sum(tf.mul(gradient, direction)).dataSync()[0]! / slope).toBeCloseTo(1, 2);
    });
  });
});

test('rows of no segment get a gradient of zeros, also a second time', () => {
  tf.tidy(() => {
    const segments = tf.tensor1d([2, -1, 0, 2], 'int32');
    const cubes = (x: tf.Tensor) => tf.sum(tf.pow(tf.unsortedSegmentSum(x as tf.Tensor2D, segments, 3), 3)) as tf.Scalar;
    // Segment 0 is 3, segment 2 is 1 + 4: the gradient is 3 s² in each of its rows.
    const x = tf.tensor2d([[1], [9], [3], [4]]);
    expect([...tf.grad(cubes)(x).dataSync()]).toEqual([75, 0, 27, 75]);
    // Σ gradient² = 9 Σ rows s⁴, and its gradient in a row of a segment of n rows 36 n s³.
    const second = tf.grad((at: tf.Tensor) => tf.sum(tf.square(tf.grad(cubes)(at))))(x);
    expect([...second.dataSync()]).toEqual([2 * 36 * 125, 0, 36 * 27, 2 * 36 * 125]);
  });
});

test.each([
  { name: 'relu', activation: tf.relu, slopes: [0, 0, 0, 1, 1, 1] },
  { name: 'leaky relu', activation: (x: tf.Tensor) => tf.leakyRelu(x, 0.2), slopes: [0.2, 0.2, 0.2, 1, 1, 1] },
])('the slope of $name next to 0', ({ activation, slopes }) => {
  tf.tidy(() => {
    const x = tf.tensor1d([-3, -1e-30, 0, 1e-30, 0.5, 1e30]);
    const gradient = tf
      .grad((at: tf.Tensor) => tf.sum(activation(at)))(x)
      .dataSync();
    slopes.forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 6);
    });
  });
});

test('a selection by what an earlier graph computed', async () => {
  const positive = tf.tidy(() => tf.greater(tf.relu([-1, 2]), 0));
  await positive.data();
  const selected = tf.tidy(() => {
    const values = tf.tensor1d([3, 4]);
    return tf.where(positive, values, tf.mul(values, 0.5));
  });
  expect([...(await selected.data())]).toEqual([1.5, 4]);
  tf.dispose([positive, selected]);
});
