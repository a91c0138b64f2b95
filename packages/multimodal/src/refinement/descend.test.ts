import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { descend, type Points } from './descend.js';

test('finds the bottom of each row, from the better of two candidates', async () => {
  // Two bottoms for each row, at -1 and 2 of the first part, the second being the deeper by 1; the other part belongs at the first's square.
  const misfit = ([x, y]: Points) =>
    tf.tidy(() => {
      const depth = tf.minimum(tf.add(tf.square(tf.add(x!, 1)), 1), tf.square(tf.sub(x!, 2)));
      return tf.squeeze(tf.add(depth, tf.square(tf.sub(y!, tf.square(x!)))), [1]) as tf.Tensor1D;
    });
  const at = (...parts: number[][]) => parts.map((values) => tf.tensor2d(values, [2, 1]));
  // Of the first row both candidates are on the way to the shallow bottom, of the second the last is on the way to the deep one.
  const candidates = [at([-0.8, -0.5], [0, 0]), at([-2, 1.5], [0, 2.25])];
  const { points, before, after } = await descend(candidates, misfit, { steps: 300, learningRate: 0.05 });
  const [x, y] = points.map((part) => [...part.dataSync()]);
  [-1, 2].forEach((value, row) => void expect(x![row]).toBeCloseTo(value, 1));
  [1, 4].forEach((value, row) => void expect(y![row]).toBeCloseTo(value, 1));
  // At the start 0.2² + 1 + 0.8⁴ and 0.5².
  expect(before).toBeCloseTo((1.04 + 0.8 ** 4 + 0.25) / 2, 4);
  expect(after).toBeCloseTo(0.5, 1);
  tf.dispose([points, candidates] as unknown as tf.TensorContainer);
});
