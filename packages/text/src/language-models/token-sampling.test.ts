import { resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { samplingProbabilities, type TokenSampleOptions, tokenSampleSchema } from './token-sampling.js';

/** What is left of the probabilities 0.4, 0.1, 0.3, 0.2. */
async function left(options: TokenSampleOptions): Promise<number[]> {
  const probabilities = tf.tidy(() =>
    samplingProbabilities(tf.log(tf.tensor2d([[0.4, 0.1, 0.3, 0.2]])), resolveOptions('sample', options, tokenSampleSchema)),
  );
  const values = await probabilities.data();
  probabilities.dispose();
  return Array.from(values, (value) => Math.round(value * 1e4) / 1e4);
}

test('limits leave the most likely tokens', async () => {
  expect(await left({})).toEqual([0.4, 0.1, 0.3, 0.2]);
  expect(await left({ topK: 2 })).toEqual([0.4, 0, 0.3, 0]);
  expect(await left({ topK: 1 })).toEqual([0.4, 0, 0, 0]);
  // 0.4 is not enough for a share of 0.5, 0.4 + 0.3 is.
  expect(await left({ nucleus: 0.5 })).toEqual([0.4, 0, 0.3, 0]);
  expect(await left({ nucleus: 0.75 })).toEqual([0.4, 0, 0.3, 0.2]);
  expect(await left({ nucleus: 0.01 })).toEqual([0.4, 0, 0, 0]);
  // Of what topK leaves, 0.7, half is less than the first token's share.
  expect(await left({ topK: 2, nucleus: 0.5 })).toEqual([0.4, 0, 0, 0]);
});

test('a temperature of 1/2 squares probabilities', async () => {
  // 0.16, 0.01, 0.09 and 0.04 of 0.3.
  expect(await left({ temperature: 0.5 })).toEqual([0.5333, 0.0333, 0.3, 0.1333]);
});
