import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import { expectSame, sample } from './same-as-cpu.fixture.js';

const cases: Record<string, () => tf.Tensor | tf.Tensor[]> = {
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
