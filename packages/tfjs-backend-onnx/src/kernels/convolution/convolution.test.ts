import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectSame, sample } from '../same-as-cpu.fixture.js';

type Padding = 'same' | 'valid' | number;
type Case = [
  input: number[],
  filter: number[],
  stride: number | [number, number],
  padding: Padding,
  dilation: number | [number, number],
];
const convolutions: Case[] = [
  [[2, 8, 8, 16], [4, 4, 16, 32], 2, 'same', 1],
  [[2, 8, 8, 32], [3, 3, 32, 16], 1, 'same', 1],
  [[2, 7, 9, 3], [4, 4, 3, 5], 2, 'same', 1],
  [[1, 9, 7, 5], [3, 2, 5, 4], [2, 1], 'valid', 1],
  [[3, 6, 6, 16], [5, 5, 16, 16], 1, 'valid', 1],
  [[2, 1, 32, 16], [1, 25, 16, 32], [1, 4], 'same', 1],
  [[2, 1, 33, 1], [1, 25, 1, 16], [1, 4], 'same', 1],
  [[2, 1, 30, 16], [1, 5, 16, 1], 1, 'same', 1],
  [[2, 4, 4, 64], [4, 4, 64, 1], 1, 'valid', 1],
  [[2, 8, 8, 24], [3, 3, 24, 40], 2, 1, 1],
  [[2, 5, 5, 16], [1, 1, 16, 16], 1, 'same', 1],
  [[2, 6, 6, 16], [1, 1, 16, 16], 2, 'valid', 1],
  [[1, 10, 10, 16], [5, 5, 16, 16], 3, 'same', 1],
  // The filter's gradient in parts of the filter.
  [[2, 6, 6, 64], [4, 4, 64, 16], 2, 'same', 1],
  // As large as the filter, with zeros after it only.
  [[2, 2, 2, 3], [2, 2, 3, 5], 1, 'same', 1],
];

describe('convolution', () => {
  it.each(convolutions)('of %j with %j, stride %j, padding %j, and its gradients', async (input, filter, stride, padding) => {
    const weigh = (y: tf.Tensor) => y.mul(sample(y.shape, 3)).sum();
    await expectSame(() => {
      const x = sample(input) as tf.Tensor4D;
      const w = sample(filter, 2) as tf.Tensor4D;
      const y = tf.conv2d(x, w, stride, padding, 'NHWC', 1, typeof padding === 'number' ? 'floor' : undefined);
      const [dx, dw] = tf.grads((a, b) =>
        weigh(
          tf.conv2d(
            a as tf.Tensor4D,
            b as tf.Tensor4D,
            stride,
            padding,
            'NHWC',
            1,
            typeof padding === 'number' ? 'floor' : undefined,
          ),
        ),
      )([x, w]);
      return [y, dx!, dw!];
    });
  });

  it('of much: the gradient of the filter, formed in parts of the batch, is the sum of those of single samples', async () => {
    await tf.setBackend('onnx');
    const filter = sample([3, 3, 32, 16], 2);
    const [x, dy] = [sample([2, 96, 96, 32]) as tf.Tensor4D, sample([2, 96, 96, 16], 3) as tf.Tensor4D];
    const gradient = (x: tf.Tensor4D, dy: tf.Tensor4D) =>
      tf.grad((w) =>
        tf
          .conv2d(x, w as tf.Tensor4D, 1, 'same')
          .mul(dy)
          .sum(),
      )(filter);
    const [whole, apart] = tf.tidy(() => {
      const each = [0, 1].map((i) => gradient(x.slice(i, 1), dy.slice(i, 1)));
      return [gradient(x, dy), tf.addN(each)];
    }) as [tf.Tensor, tf.Tensor];
    const [got, expected] = [await whole.data(), await apart.data()];
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(1);
    got.forEach((value, i) => void expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4 * largest));
    tf.dispose([filter, x, dy, whole, apart]);
  });

  it.each([
    [[2, 8, 8, 16], [3, 3, 16, 16], 2],
    [
      [1, 9, 11, 3],
      [3, 3, 3, 4],
      [2, 3],
    ],
  ] as Array<[number[], number[], number | [number, number]]>)(
    'of %j with %j, dilated by %j',
    async (input, filter, dilation) => {
      await expectSame(() =>
        tf.conv2d(sample(input) as tf.Tensor4D, sample(filter, 2) as tf.Tensor4D, 1, 'same', 'NHWC', dilation),
      );
    },
  );

  it.each([
    [[2, 4, 4, 32], [4, 4, 16, 32], [2, 8, 8, 16], 2, 'same'],
    [[2, 4, 5, 16], [4, 4, 3, 16], [2, 8, 10, 3], 2, 'same'],
    [[2, 1, 8, 32], [1, 25, 16, 32], [2, 1, 32, 16], [1, 4], 'same'],
    [[2, 1, 8, 16], [1, 25, 1, 16], [2, 1, 32, 1], [1, 4], 'same'],
    [[2, 1, 1, 10], [4, 4, 6, 10], [2, 4, 4, 6], 1, 'valid'],
    [[2, 3, 3, 5], [3, 3, 4, 5], [2, 5, 5, 4], 2, 'same'],
  ] as Array<[number[], number[], [number, number, number, number], number | [number, number], 'same' | 'valid']>)(
    'transposed, of %j with %j to %j, stride %j, and its gradients',
    async (input, filter, output, stride, padding) => {
      await expectSame(() => {
        const x = sample(input);
        const w = sample(filter, 2);
        const apply = (a: tf.Tensor, b: tf.Tensor) =>
          tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, output, stride, padding);
        return [apply(x, w), ...tf.grads((a, b) => apply(a!, b!).mul(sample(output, 3)).sum())([x, w])];
      });
    },
  );

  it.each([1, 2] as const)('of each channel alone, stride %j, and its gradients', async (stride) => {
    await expectSame(() => {
      const apply = (x: tf.Tensor, w: tf.Tensor) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, 'same');
      const x = sample([2, 7, 6, 4]);
      const w = sample([3, 3, 4, 2], 2);
      return [apply(x, w), ...tf.grads((a, b) => apply(a!, b!).square().sum())([x, w])];
    });
  });

  it('of volumes, and its gradients', async () => {
    await expectSame(() => {
      const apply = (x: tf.Tensor, w: tf.Tensor) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, 2, 'same');
      const x = sample([2, 5, 6, 4, 3]);
      const w = sample([3, 3, 2, 3, 4], 2);
      return [apply(x, w), ...tf.grads((a, b) => apply(a!, b!).square().sum())([x, w])];
    });
  });
});
