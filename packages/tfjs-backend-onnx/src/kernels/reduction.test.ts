import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { expectSame, sample } from './same-as-cpu.fixture.js';

const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {
  reductions: () => {
    const x = sample([3, 4, 5]);
    return [
      x.sum(),
      x.square().sum(),
      x.square().sum([0, 1, 2], true),
      x.mean([0, 2]),
      x.max(1),
      x.min(-1, true),
      x.prod([0]),
      x.argMax(1),
      x.argMin(-1),
      x.cumsum(1, true),
      x.cumsum(2, false, true),
      tf.cumprod(x, 1),
    ];
  },
  'softmax and top k': () => {
    const x = sample([4, 6], 5, 4);
    const { values, indices } = tf.topk(x, 3);
    return [x.softmax(), x.logSoftmax(), values, indices, tf.grad((a) => a.softmax().square().sum())(x)];
  },
  'matrix products': () => {
    const [a, b] = [sample([2, 3, 4]), sample([2, 4, 5], 2)];
    return [
      ...[
        tf.matMul(a, b),
        tf.matMul(a, b.transpose([0, 2, 1]), false, true),
        tf.matMul(a.transpose([0, 2, 1]), b, true),
        tf.matMul(sample([40, 3]), sample([40, 200], 2), true),
        tf.matMul(sample([40, 3]), sample([200, 40], 2), true, true),
        tf.einsum('bij,bjk->bik', a, b),
      ],
      ...[1, 3].map((scale) =>
        // A product that is much larger than its factors.
        tf.fused.matMul({
          a: sample([40, 3], 1, scale) as tf.Tensor2D,
          b: sample([3, 200], 2) as tf.Tensor2D,
          bias: sample([200], 3),
          activation: 'relu',
        }),
      ),
      tf.fused.matMul({
        a: sample([3, 4]) as tf.Tensor2D,
        b: sample([4, 5]) as tf.Tensor2D,
        bias: sample([5]),
        activation: 'relu',
      }),
    ];
  },
  'batch normalization and its gradient': () => {
    const apply = (x: tf.Tensor, scale: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm4d(
        x as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        sample([4], 7) as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      );
    };
    const x = sample([3, 5, 4, 4]);
    const scale = sample([4], 5);
    return [apply(x, scale), ...tf.grads((a, b) => apply(a!, b!).mul(sample(x.shape, 9)).sum())([x, scale])];
  },
};

it.each(Object.entries(cases))('%s', async (_name, compute) => {
  await expectSame(compute);
});
