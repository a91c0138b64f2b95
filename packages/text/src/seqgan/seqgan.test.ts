import { type Json, Random, Training, type TrainReport, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { tokenDataset } from '../oracle/token-dataset.js';
import { type SeqGan, seqGan } from './seqgan.js';
import type { SeqGanTrainingOptions } from './seqgan-options.js';
import { PAPER_SEQGAN_TRAINING, RELEASED_SEQGAN_TRAINING, SHORT_SEQGAN_TRAINING } from './seqgan-schedules.js';

const OPTIONS = {
  vocabulary: 7,
  length: 5,
  generator: { embedding: 3, hidden: 4 },
  discriminator: { embedding: 3, widths: [1, 2], filters: [3, 4] },
};

/** Two steps of maximum likelihood, two of the discriminator, two updates of the generator with three steps of the discriminator each. */
const SCHEDULE = {
  preTraining: 2,
  discriminatorPreTraining: 2,
  adversarialUpdates: 2,
  discriminatorSteps: 3,
  negatives: { batches: 2, passes: 2 },
  rollOuts: 2,
  batchSize: 8,
  reportEvery: 1,
};

function data() {
  const random = Random.fromSeed(9);
  return tokenDataset(
    Int32Array.from({ length: 40 * 5 }, () => random.integer(7)),
    5,
    'random',
  );
}

async function weightsOf(gan: SeqGan): Promise<Float32Array[]> {
  const all = Object.values(gan.networks).flatMap(({ weights }) => weights);
  return Promise.all(all.map(async (weight) => (await weight.read().data()).slice() as Float32Array));
}

async function reportsOf(training: Training<never, never>, count: number): Promise<TrainReport[]> {
  const reports: TrainReport[] = [];
  while (reports.length < count) reports.push(await training.advance());
  return reports;
}

test('goes through its stages, each with its own work, and ends by itself', async () => {
  const gan = seqGan(OPTIONS);
  const reports: TrainReport[] = [];
  for await (const report of train(gan, data(), SCHEDULE)) reports.push(report);
  expect(reports.map(({ stage }) => stage!.name)).toEqual([
    ...Array(2).fill('pre-training'),
    ...Array(2).fill('discriminator'),
    ...Array(6).fill('adversarial'),
  ]);
  const judging = ['accuracy/discriminator', 'loss/discriminator'];
  const figures = reports.map(({ metrics }) => Object.keys(metrics).sort());
  expect(figures[0]).toEqual(['nll/train']);
  expect(figures[2]).toEqual(judging);
  expect(figures[4]).toEqual([...judging, 'loss/generator', 'reward'].sort());
  expect(figures[5]).toEqual(judging);
  expect(figures[7]).toEqual(figures[4]);
  gan.dispose();
});

test.each([1, 3, 5, 8])('a training that was stored after step %i and restored goes on bit for bit', async (steps) => {
  const whole = seqGan(OPTIONS);
  for await (const _ of train(whole, data(), SCHEDULE));
  const first = seqGan(OPTIONS);
  const half = new Training(first, data(), SCHEDULE) as unknown as Training<never, never>;
  await reportsOf(half, steps);
  const state = await half.state();
  await half.dispose();
  first.dispose();

  const second = seqGan(OPTIONS);
  const rest = new Training(second, data(), SCHEDULE) as unknown as Training<never, never>;
  // As a checkpoint stores it.
  await rest.restore({ ...state, values: JSON.parse(JSON.stringify(state.values)) as Record<string, Json> });
  await reportsOf(rest, 10 - steps);
  expect(await weightsOf(second)).toEqual(await weightsOf(whole));
  await rest.dispose();
  whole.dispose();
  second.dispose();
});

// Epochs are of 156 batches: 9,984 rows by 64.
test.each([
  ['the default', {}, 6_240 + 1_500 + 150 * 10, 1e-3],
  ['the short one', SHORT_SEQGAN_TRAINING, 6_240 + 1_500 + 150 * 10, 1e-3],
  // 120 epochs, 50 × 3 epochs and 200 × 5 × 3 epochs.
  ['the released one', RELEASED_SEQGAN_TRAINING, (120 + 150 + 200 * 15) * 156, 1e-4],
  ["the paper's", PAPER_SEQGAN_TRAINING, (240 + 150 + 800 * 15) * 156, 1e-4],
])('%s is a schedule of its length', async (_, schedule: SeqGanTrainingOptions, steps, learningRate) => {
  const gan = seqGan(OPTIONS);
  const training = new Training(gan, data(), schedule);
  expect(training.options).toMatchObject({ steps, discriminatorOptimizer: { learningRate } });
  await training.dispose();
  gan.dispose();
});

test('samples depend on the seed alone, more of them are a continuation, and they begin with a prefix', async () => {
  const gan = seqGan(OPTIONS);
  const some = await gan.sample(3, { seed: 4 });
  const more = await gan.sample(300, { seed: 4 });
  const prefixed = await gan.sample(5, { prefix: [6, 2] });
  expect(some.dtype).toBe('int32');
  expect(((await more.array()) as number[][]).slice(0, 3)).toEqual(await some.array());
  for (const row of (await prefixed.array()) as number[][]) expect(row.slice(0, 2)).toEqual([6, 2]);
  await expect(gan.sample(1, { prefix: [7] })).rejects.toThrow('must be fewer than 5 tokens below 7, got token 7');
  tf.dispose([some, more, prefixed]);
  gan.dispose();
});

test('refuses a discriminator whose filters do not fit the rows', () => {
  const shape = (widths: number[], filters: number[]) => ({ ...OPTIONS, discriminator: { widths, filters } });
  expect(() => seqGan(shape([6], [3]))).toThrow("'discriminator.widths' must be a list of whole numbers from 1 to 5, got [6]");
  expect(() => seqGan(shape([1, 2], [3]))).toThrow("'discriminator.filters' must be as many as the 2 widths, got 1");
});
