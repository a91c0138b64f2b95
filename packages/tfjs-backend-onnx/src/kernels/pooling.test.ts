import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { expectSame, sample } from './same-as-cpu.fixture.js';

describe('pooling and resizing', () => {
  it.each([
    ['max', tf.maxPool<tf.Tensor4D>],
    ['avg', tf.avgPool<tf.Tensor4D>],
  ] as const)('%s pooling and its gradient', async (kind, pool) => {
    await expectSame(() => {
      const apply = (x: tf.Tensor) => pool(x as tf.Tensor4D, [2, 3], 2, 'valid');
      const x = sample([2, 8, 7, 3]);
      return [apply(x), tf.pool(x as tf.Tensor4D, 3, kind, 'same', 1, 2), tf.grad((a) => apply(a).square().sum())(x)];
    });
  });

  it('max pooling right after a convolution, which leaves its channels in blocks', async () => {
    await expectSame(() => {
      const filter = sample([2, 3, 32, 100], 2, 0.1) as tf.Tensor4D;
      const apply = (x: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, filter, 1, 'valid');
      const x = sample([2, 9, 8, 32]);
      const found = apply(x) as tf.Tensor4D;
      return [
        tf.maxPool(found, [8, 6], 1, 'valid'),
        tf.maxPool(found, 3, 2, 'same'),
        tf.grad((a) =>
          tf
            .maxPool(apply(a) as tf.Tensor4D, [8, 1], 1, 'valid')
            .square()
            .sum(),
        )(x),
      ];
    });
  });

  it.each(['resizeBilinear', 'resizeNearestNeighbor'] as const)('%s and its gradient', async (resize) => {
    await expectSame(() => {
      const x = sample([1, 5, 5, 3]);
      const apply = (a: tf.Tensor, corners = false, half = false) => tf.image[resize](a as tf.Tensor4D, [10, 10], corners, half);
      const shrink = tf.image[resize](x as tf.Tensor4D, [3, 2]);
      return [apply(x), apply(x, true), apply(x, false, true), shrink, tf.grad((a) => apply(a).square().sum())(x)];
    });
  });
});
