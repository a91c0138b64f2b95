import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { languageModel } from './language-model.js';
import { mixedInputs } from './scheduled-sampling.js';

test('tosses a coin for each token of each row', async () => {
  const model = languageModel({ vocabulary: 4, length: 20 });
  // The last weight is the bias of the logits: the model always says 3.
  tf.tidy(() => void model.sampler.weights.at(-1)!.write(tf.tensor1d([0, 0, 0, 1000])));
  const [rows, length, truth] = [500, 20, 0.7];
  const inputs = tf.tidy(() => mixedInputs(model.network, tf.ones([rows, length], 'int32'), truth, Random.fromSeed(4)));
  const values = Array.from(await inputs.data());
  const share = (of: number[]) => of.filter((token) => token === 1).length / of.length;

  const columns = Array.from({ length }, (_, place) => values.filter((_, i) => i % length === place));
  expect(new Set(columns[0])).toEqual(new Set([0]));
  // Five standard errors of a share of 0.7 in 500 tosses are 0.1.
  for (const column of columns.slice(1)) expect(Math.abs(share(column) - truth)).toBeLessThan(0.1);
  expect(new Set(values.filter((_, i) => i % length > 0))).toEqual(new Set([1, 3]));
  // A row of 19 tosses that all fall alike is rarer than one in 800.
  const alike = Array.from({ length: rows }, (_, row) => new Set(values.slice(row * length + 1, (row + 1) * length)).size);
  expect(alike.filter((kinds) => kinds === 1).length).toBeLessThan(5);
  inputs.dispose();
  model.dispose();
});
