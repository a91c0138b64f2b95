import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import '../index.js';

/** Values that are the same on every backend: a fixed pattern without structure. */
function sample(shape: number[], seed = 1, scale = 1): tf.Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  let state = seed * 7919;
  const values = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state / 2 ** 32) * 2 - 1) * scale;
  });
  return tf.tensor(values, shape);
}

async function on(
  backend: string,
  compute: () => tf.Tensor | tf.Tensor[],
): Promise<Array<{ shape: number[]; dtype: string; values: number[] }>> {
  await tf.setBackend(backend);
  const results = tf.tidy(() => [compute()].flat());
  const read = await Promise.all(
    results.map(async (tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: [...(await tensor.data())] as number[] })),
  );
  tf.dispose(results);
  return read;
}

/** Checks that a computation gives on `onnx` what it gives on tfjs's own `cpu`. */
async function expectSame(compute: () => tf.Tensor | tf.Tensor[], tolerance = 1e-4): Promise<void> {
  const expected = await on('cpu', compute);
  const actual = await on('onnx', compute);
  expect(actual.length).toBe(expected.length);
  expected.forEach((tensor, index) => {
    expect(actual[index]!.shape).toEqual(tensor.shape);
    expect(actual[index]!.dtype).toBe(tensor.dtype);
    const largest = Math.max(1, ...tensor.values.map((value) => Math.abs(value)).filter(Number.isFinite));
    tensor.values.forEach((value, position) => {
      const got = actual[index]!.values[position]!;
      if (Number.isFinite(value))
        expect(Math.abs(got - value), `element ${position}: ${got} for ${value}`).toBeLessThanOrEqual(tolerance * largest);
      else expect(got).toEqual(value);
    });
  });
}

afterAll(() => tf.setBackend('cpu'));

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

  it.each(['resizeBilinear', 'resizeNearestNeighbor'] as const)('%s and its gradient', async (resize) => {
    await expectSame(() => {
      const x = sample([1, 5, 5, 3]);
      const apply = (a: tf.Tensor, corners = false, half = false) => tf.image[resize](a as tf.Tensor4D, [10, 10], corners, half);
      const shrink = tf.image[resize](x as tf.Tensor4D, [3, 2]);
      return [apply(x), apply(x, true), apply(x, false, true), shrink, tf.grad((a) => apply(a).square().sum())(x)];
    });
  });
});

describe('other kernels', () => {
  const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {
    'arithmetic with broadcasting': () => {
      const a = sample([2, 1, 4]);
      const b = sample([3, 1], 2);
      return [
        a.add(b),
        a.sub(b),
        a.mul(b),
        a.div(b),
        a.maximum(b),
        a.minimum(b),
        a.squaredDifference(b),
        a.atan2(b),
        a.abs().pow(b),
        a.mod(b),
      ];
    },
    'integers and truth values': () => {
      const a = tf.tensor([7, -7, 3, 0], [4], 'int32');
      const b = tf.tensor([2, 2, -2, 5], [4], 'int32');
      const t = tf.tensor([true, false, true, true], [4], 'bool');
      return [
        a.add(b),
        a.mul(b),
        a.floorDiv(b),
        a.mod(b),
        a.greater(b),
        a.cast('float32'),
        t.sum(),
        t.cast('int32'),
        t.logicalNot(),
        t.all(),
        t.any(),
        a.max(),
      ];
    },
    'functions of one tensor': () => {
      const x = sample([5, 7], 3, 3);
      const p = x.abs().add(0.1);
      return [
        ...[
          x.tanh(),
          x.exp(),
          x.sigmoid(),
          x.softplus(),
          x.relu(),
          x.elu(),
          x.selu(),
          x.erf(),
          x.sign(),
          x.step(0.3),
          x.round(),
          x.floor(),
          x.expm1(),
        ],
        ...[
          tf.leakyRelu(x, 0.2),
          ...[0, 0.2, 1, 1.5, -0.5].map((alpha) => tf.grad((a) => tf.leakyRelu(a, alpha))(x)),
          tf.where(x.greater(0), p, p.mul(0.5)),
          tf.prelu(x, sample([7], 2)),
          tf.relu6(x.mul(4)),
          x.clipByValue(-1, 1),
          p.log(),
          p.log1p(),
          p.sqrt(),
          p.rsqrt(),
          p.reciprocal(),
        ],
      ];
    },
    reductions: () => {
      const x = sample([3, 4, 5]);
      return [
        x.sum(),
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
    'moving elements': () => {
      const x = sample([2, 3, 4]);
      return [
        ...[
          x.transpose([2, 0, 1]),
          x.reverse([1]),
          x.slice([0, 1, 1], [2, 2, -1]),
          x.stridedSlice([0, 2, 3], [2, 0, 0], [1, -1, -2]),
          x.tile([2, 1, 3]),
        ],
        ...[
          tf.concat([x, x], 1),
          tf.stack([x, x], 1),
          ...tf.split(x, [1, 2], 1),
          ...tf.unstack(x, 2),
          x.pad(
            [
              [0, 1],
              [2, 0],
              [0, 0],
            ],
            3,
          ),
        ],
        ...[
          tf.mirrorPad(
            x,
            [
              [0, 1],
              [2, 1],
              [1, 1],
            ],
            'reflect',
          ),
          tf.mirrorPad(
            x,
            [
              [1, 1],
              [2, 1],
              [1, 1],
            ],
            'symmetric',
          ),
        ],
        ...[tf.depthToSpace(sample([1, 2, 2, 12]) as tf.Tensor4D, 2), tf.diag(sample([3]))],
        ...[
          tf.spaceToBatchND(
            sample([2, 4, 4, 3]),
            [2, 2],
            [
              [0, 0],
              [2, 0],
            ],
          ),
          tf.batchToSpaceND(
            sample([8, 2, 2, 3]),
            [2, 2],
            [
              [0, 1],
              [1, 0],
            ],
          ),
        ],
      ];
    },
    'gather and scatter': () => {
      const x = sample([5, 3]);
      const rows = tf.tensor1d([4, 0, 0], 'int32');
      return [
        ...[
          tf.gather(x, rows),
          tf.gather(x.reshape([3, 5]), tf.tensor2d([[1], [2], [0]], [3, 1], 'int32'), 1, 1),
          tf.gatherND(
            x,
            tf.tensor2d(
              [
                [1, 2],
                [4, 0],
              ],
              [2, 2],
              'int32',
            ),
          ),
        ],
        ...[
          tf.scatterND(rows.reshape([3, 1]), sample([3, 2]), [6, 2]),
          tf.unsortedSegmentSum(sample([4, 2]), tf.tensor1d([1, 0, 1, 2], 'int32'), 3),
        ],
        ...[tf.oneHot(rows, 6), tf.where(x.greater(0), x, tf.zerosLike(x)), tf.grad((a) => tf.gather(a, rows).square().sum())(x)],
      ];
    },
    'matrix products': () => {
      const [a, b] = [sample([2, 3, 4]), sample([2, 4, 5], 2)];
      return [
        ...[
          tf.matMul(a, b),
          tf.matMul(a, b.transpose([0, 2, 1]), false, true),
          tf.matMul(a.transpose([0, 2, 1]), b, true),
          tf.einsum('bij,bjk->bik', a, b),
        ],
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
    'complex numbers': () => {
      const z = tf.complex(sample([4]), sample([4], 2));
      return [tf.real(z), tf.imag(z), tf.real(tf.fft(z)), tf.abs(z), tf.real(z.mul(z))];
    },
    'empty tensors': () => [
      tf.zeros([0, 3]).add(1),
      tf.concat([tf.zeros([0, 3]), tf.ones([2, 3])]),
      tf.zeros([0, 3]).sum(),
      tf.zeros([2, 0]).reshape([0]),
    ],
  };
  it.each(Object.entries(cases))('%s', async (_name, compute) => {
    await expectSame(compute);
  });
});
