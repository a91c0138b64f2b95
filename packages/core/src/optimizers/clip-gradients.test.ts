import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { clipByGlobalNorm, clipByValue, globalNorm } from './clip-gradients.js';

/** Together of the norm 13. */
const gradients = () => ({
  a: tf.tensor1d([3, -4]) as tf.Tensor,
  b: tf.tensor2d([
    [0, 12],
    [0, 0],
  ]) as tf.Tensor,
});
const values = (clipped: tf.NamedTensorMap) =>
  Object.entries(clipped).map(([name, tensor]) => [name, [...tensor.dataSync()].map((v) => Math.round(v * 1e5) / 1e5)]);

test('scales all gradients together, as torch.nn.utils.clip_grad_norm_', () => {
  tf.tidy(() => {
    expect(globalNorm(gradients()).dataSync()[0]).toBeCloseTo(13, 5);
    expect(values(clipByGlobalNorm(gradients(), 2.6))).toEqual([
      ['a', [0.6, -0.8]],
      ['b', [0, 2.4, 0, 0]],
    ]);
    expect(values(clipByGlobalNorm(gradients(), 20))).toEqual([
      ['a', [3, -4]],
      ['b', [0, 12, 0, 0]],
    ]);
  });
});

test('gradients of 0 stay 0', () => {
  tf.tidy(() => {
    expect(values(clipByGlobalNorm({ a: tf.zeros([2]) }, 1))).toEqual([['a', [0, 0]]]);
  });
});

test('clips each element', () => {
  tf.tidy(() => {
    expect(values(clipByValue(gradients(), 3.5))).toEqual([
      ['a', [3, -3.5]],
      ['b', [0, 3.5, 0, 0]],
    ]);
  });
});
