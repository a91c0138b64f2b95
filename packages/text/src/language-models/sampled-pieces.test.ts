import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { languageModel } from './language-model.js';

test('samples keep the form that the model was given, also after a prefix', async () => {
  const form = [[0, 1, 2], [3], [0, 1, 3], []];
  const model = languageModel({ vocabulary: 4, length: 4, form });
  const rows = await model.sample(300);
  const drawn = tf.tidy(() => tf.unstack(rows, 1));
  const tokens = await Promise.all(drawn.map(async (column) => [...new Set(await column.data())].sort()));
  // Weights near zero make all that is not absent about equally likely.
  expect(tokens).toEqual([[3], [0, 1, 2], [2], [0, 1, 2, 3]]);
  const after = await model.sample(300, { prefix: [1, 3] });
  const columns = tf.tidy(() => tf.unstack(after, 1));
  expect(await Promise.all(columns.map(async (column) => new Set(await column.data()).size))).toEqual([1, 1, 1, 4]);
  tf.dispose([rows, after, ...drawn, ...columns]);
  model.dispose();
});
