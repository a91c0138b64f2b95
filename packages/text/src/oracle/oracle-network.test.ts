import type { StoredTensor } from '@polygan/core';
import { decodeSafetensors } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { rowLogProbabilities } from '../language-models/likelihood-update.js';
import { sampledPieces } from '../language-models/sampled-pieces.js';
import { meanNll } from './mean-nll.js';
import { drawnOracle, loadedOracle } from './oracle-network.js';
import { ORACLE_FILE, ORACLE_LOG_PROBABILITIES, ORACLE_ROWS } from './python-oracle.fixture.js';

const SHAPES = {
  embedding: [4, 2],
  ...Object.fromEntries(
    ['i', 'f', 'o', 'c'].flatMap((gate) => [
      [`w${gate}`, [2, 2]],
      [`u${gate}`, [2, 2]],
      [`b${gate}`, [2]],
    ]),
  ),
  output_kernel: [2, 4],
  output_bias: [4],
} as Record<string, number[]>;

/** Weights of the names above, filled one after the other with f(1), f(2), …. */
function weights(f: (k: number) => number): Record<string, StoredTensor> {
  let k = 0;
  const entries = Object.entries(SHAPES).map(([name, shape]) => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => f(++k));
    return [name, { dtype: 'float32', shape, values }];
  });
  return Object.fromEntries(entries);
}

test("loaded weights give what the released code's formulas give", async () => {
  const oracle = loadedOracle(3, weights(Math.sin));
  const rows = tf.tensor2d(
    [
      [2, 1, 3],
      [0, 3, 3],
    ],
    [2, 3],
    'int32',
  );
  const logProbabilities = tf.tidy(() => rowLogProbabilities(oracle, rows));
  // NumPy, the formulas of SeqGAN's target_lstm.py in double precision; PyTorch's LSTMCell gives the same for the first row.
  const expected = [-1.246971, -0.900199, -2.224961, -1.559791, -2.191365, -2.179507];
  for (const [i, value] of (await logProbabilities.data()).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  tf.dispose([rows, logProbabilities]);
  oracle.model.dispose();
});

test("a file that Python's safetensors wrote is read, and gives what NumPy computes from the same weights", async () => {
  const oracle = loadedOracle(5, decodeSafetensors(Buffer.from(ORACLE_FILE, 'base64')));
  const rows = tf.tensor2d(ORACLE_ROWS, [2, 5], 'int32');
  const logProbabilities = tf.tidy(() => rowLogProbabilities(oracle, rows));
  for (const [i, value] of (await logProbabilities.data()).entries()) expect(value).toBeCloseTo(ORACLE_LOG_PROBABILITIES[i]!, 5);
  tf.dispose([rows, logProbabilities]);
  oracle.model.dispose();
});

test('the likelihood of an oracle that only knows frequencies is known', async () => {
  // Nothing but the last bias counts: tokens have the probabilities 1/2, 1/4, 1/8, 1/8.
  const known = weights(() => 0);
  known.output_bias = { dtype: 'float32', shape: [4], values: Float32Array.of(2, 1, 0, 0).map((bits) => bits * Math.LN2) };
  const oracle = loadedOracle(3, known);
  const rows = tf.tensor2d(
    [
      [0, 1, 2],
      [3, 0, 0],
    ],
    [2, 3],
    'int32',
  );
  expect(await meanNll(oracle, [rows])).toBeCloseTo(((1 + 2 + 3 + 3 + 1 + 1) * Math.LN2) / 6, 5);
  // Its entropy is 1.75 bits a token.
  expect(await meanNll(oracle, sampledPieces(oracle, 4096))).toBeCloseTo(1.75 * Math.LN2, 1);
  oracle.model.dispose();
});

test('a drawn oracle has weights from the standard normal distribution, the same for the same seed', async () => {
  const [oracle, same, other] = [drawnOracle(20), drawnOracle(20), drawnOracle(20, { seed: 1 })];
  const values = await Promise.all([oracle, same, other].map(({ model }) => model.weights[0]!.read().data()));
  expect(values[1]).toEqual(values[0]);
  expect(values[2]).not.toEqual(values[0]);
  const all = Array.from(values[0]!);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  // 160,000 draws: the standard errors are 0.0025 and 0.0035.
  expect(Math.abs(mean)).toBeLessThan(0.01);
  expect(Math.abs(variance - 1)).toBeLessThan(0.014);
  for (const { model } of [oracle, same, other]) model.dispose();
});

test('says which weight is missing, or does not fit', () => {
  const { uf, ...rest } = weights(Math.sin);
  expect(() => loadedOracle(3, rest)).toThrow("there is no weight 'uf'; found are embedding, wi");
  expect(() => loadedOracle(3, { ...rest, uf: { ...uf!, shape: [4, 1] } })).toThrow(
    "'uf' must be [2,2] beside the others, got [4,1]",
  );
});
