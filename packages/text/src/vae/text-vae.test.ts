import { type Batch, type Dataset, OptionsError, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { inputsOf } from '../language-models/likelihood-update.js';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { tokenRows } from '../tokens/token-rows.js';
import { textVae } from './text-vae.js';
import { textNegativeLogs } from './text-vae-method.js';

const WORDS = ['ada', 'bea', 'cleo', 'dan'];
const tokenizer = learnTokenizer(WORDS);
const LENGTH = 4;

const made: { dispose(): void }[] = [];
function tiny(options = {}) {
  const model = textVae({ tokenizer, length: LENGTH, latentDimensions: 4, embedding: 8, hidden: 24, ...options });
  made.push(model);
  return model;
}
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

const tokens = WORDS.map((word) => tokenizer.encode(word));
const words: Dataset<Batch> = {
  size: WORDS.length,
  fingerprint: 'words',
  batch: async (indices) => ({
    samples: tf.tensor2d(
      tokenRows(
        indices.map((index) => tokens[index]!),
        LENGTH,
      ),
      [indices.length, LENGTH],
      'int32',
    ),
  }),
};

it('counts the tokens of a text up to its first end', async () => {
  const logits = tf.tensor3d([[[0, 0], [0, 0], [5, 1]], [[0, Math.log(3)], [0, 0], [0, 0]]]); // biome-ignore format: a table
  const rows = tf.tensor2d([[1, 0, 0], [1, 1, 1]], [2, 3], 'int32'); // biome-ignore format: a table
  const negativeLogs = tf.tidy(() => textNegativeLogs(logits, rows));
  const [first, second] = await negativeLogs.data();
  expect(first).toBeCloseTo(2 * Math.log(2), 5);
  expect(second).toBeCloseTo(2 * Math.log(2) + Math.log(4 / 3), 5);
  tf.dispose([logits, rows, negativeLogs]);
});

it('goes from token to token as the whole network does', async () => {
  const model = tiny();
  const points = Random.fromSeed(1).normalTensor<tf.Rank.R2>([3, 4]);
  const written = model.generate(points);
  const likeliest = tf.tidy(() => tf.argMax(model.sampler.predict([points, inputsOf(written)]) as tf.Tensor, -1));
  expect(await written.array()).toEqual(await likeliest.array());
  tf.dispose([points, written, likeliest]);
});

describe('training', () => {
  it('learns to give texts back', async () => {
    const model = tiny();
    const options = {
      steps: 250,
      batchSize: 8,
      reportEvery: 50,
      optimizer: { learningRate: 0.02 },
      wordDropout: 0.5,
      beta: 0.01,
    };
    for await (const { metrics } of train(model, words, options)) expect(metrics).toHaveProperty('loss/divergence');
    const rows = model.modality.encode(WORDS) as tf.Tensor2D;
    const { mean, logVariance } = model.encode(rows);
    const again = model.generate(mean);
    expect(await model.modality.decode(again)).toEqual(WORDS);
    tf.dispose([rows, mean, logVariance, again]);
  });

  it('runs as it is by default', async () => {
    for await (const { metrics } of train(tiny(), words, { steps: 2, batchSize: 4, reportEvery: 2 })) {
      // The annealing begins at 0.
      expect(metrics.loss).toBeCloseTo(metrics['loss/reconstruction']!, 2);
    }
  });
});

it('samples by seed, more of them being a continuation', async () => {
  const model = tiny();
  const [few, many, other] = [
    await model.sample(3, { seed: 1 }),
    await model.sample(6, { seed: 1 }),
    await model.sample(3, { seed: 2 }),
  ];
  expect(few.shape).toEqual([3, LENGTH]);
  expect(few.dtype).toBe('int32');
  expect(((await many.array()) as number[][]).slice(0, 3)).toEqual(await few.array());
  expect(await few.array()).not.toEqual(await other.array());
  const likeliest = await model.sample(3, { seed: 1, temperature: 0 });
  expect(likeliest.shape).toEqual([3, LENGTH]);
  tf.dispose([few, many, other, likeliest]);
});

it('refuses what it does not know', async () => {
  expect(() => tiny({ lenght: 3 })).toThrow(OptionsError);
  await expect(tiny().sample(1, { temperature: -1 })).rejects.toThrow(OptionsError);
});
