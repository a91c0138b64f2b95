import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { type LikelihoodOptions, likelihood, likelihoodSchema } from './likelihoods.js';

const OUTPUT = [
  [0, 0.5],
  [1, -1],
];
const SAMPLES = [
  [0.3, 0.1],
  [0.5, -0.2],
];
const ERRORS = OUTPUT.map((row, i) => row.map((value, j) => Math.abs(value - SAMPLES[i]![j]!)));

function negativeLogs(options: LikelihoodOptions, output: tf.TensorLike, samples: tf.TensorLike): number[] {
  const { negativeLog } = likelihood(resolveOptions('test', options, likelihoodSchema));
  return tf.tidy(() => [...negativeLog(tf.tensor(output), tf.tensor(samples)).dataSync()]);
}

function close(values: number[], expected: number[]): void {
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 4);
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test('normal: the density of N(output, scale²)', () => {
  const density = (error: number) => 0.5 * Math.log(2 * Math.PI * 0.09) + error ** 2 / 0.18;
  close(
    negativeLogs({ scale: 0.3 }, OUTPUT, SAMPLES),
    ERRORS.map((row) => sum(row.map(density))),
  );
});

test('laplace: the density of exp(-|error| / scale) / (2 scale)', () => {
  const density = (error: number) => Math.log(0.6) + error / 0.3;
  close(
    negativeLogs({ kind: 'laplace', scale: 0.3 }, OUTPUT, SAMPLES),
    ERRORS.map((row) => sum(row.map(density))),
  );
});

test.each([
  ['normal', Math.sqrt(sum(ERRORS.flat().map((error) => error ** 2)) / 4)],
  ['laplace', sum(ERRORS.flat()) / 4],
] as const)('calibrated %s: the scale that makes the batch the most likely', (kind, best) => {
  const total = (scale: number | 'calibrated') => sum(negativeLogs({ kind, scale }, OUTPUT, SAMPLES));
  expect(total('calibrated')).toBeCloseTo(total(best), 4);
  expect(total('calibrated')).toBeLessThan(Math.min(total(best * 0.9), total(best * 1.1)));
});

test('a perfect output has a bounded likelihood', () => {
  expect(negativeLogs({}, OUTPUT, OUTPUT).every(Number.isFinite)).toBe(true);
});

test('bernoulli: cross-entropy of values in -1 to 1', () => {
  const [value] = negativeLogs({ kind: 'bernoulli' }, [[0.5, -0.8]], [[1, -1]]);
  expect(value).toBeCloseTo(-Math.log(0.75) - Math.log(0.9), 4);
});

test('categorical: cross-entropy of one-hot samples, over all places', () => {
  const logits = [[[0, 0], [Math.log(3), 0]]]; // biome-ignore format: one sample of two places
  const [value] = negativeLogs({ kind: 'categorical' }, logits, [[[1, 0], [0, 1]]]); // biome-ignore format: the same
  expect(value).toBeCloseTo(Math.log(2) + Math.log(4), 4);
});
