import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { qualityDiversity } from './quality-diversity.js';
import { textLikelihood } from './text-likelihood.js';

it('counts tokens up to the first end', async () => {
  const model = {
    logProbabilities: (tokens: tf.Tensor2D) => tf.tidy(() => tf.neg(tf.add(1, tf.cast(tokens, 'float32'))) as tf.Tensor2D),
  };
  const batches = [tf.tensor2d([2, 3, 0, 0, 0, 0], [2, 3], 'int32'), tf.tensor2d([4, 4, 4], [1, 3], 'int32')];
  // 3 + 4 + 1 of the first row, 1 of the second, 5 + 5 + 5 of the third.
  const { nll, perplexity, tokens } = await textLikelihood(model, batches);
  expect(tokens).toBe(7);
  expect(nll).toBeCloseTo(24 / 7, 5);
  expect(perplexity).toBeCloseTo(Math.exp(24 / 7), 3);
  await expect(textLikelihood(model, [])).rejects.toThrow('at least one text');
  tf.dispose(batches);
});

it('draws the curve of quality and diversity over temperatures', async () => {
  const real = [
    [2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11],
  ];
  const curve = await qualityDiversity(async (temperature) => (temperature < 1 ? [real[0]!, real[0]!] : real), real, {
    temperatures: [0.5, 1],
  });
  expect(curve[0]).toEqual({ temperature: 0.5, bleu: 1, selfBleu: 1 });
  expect(curve[1]).toEqual({ temperature: 1, bleu: 1, selfBleu: 0 });
});
