import { featuresOf, frechetDistance, inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { digitSamples, featureNetwork } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dcgan } from './dcgan.js';

const STEPS = 800;
const COUNT = 2000;
const CLASSES = 10;

/** How many samples are taken for each class, and what share of them the classifier is sure of. */
function verdicts({ values }: { readonly values: ArrayLike<number> }): { counts: number[]; sure: number } {
  const counts = new Array<number>(CLASSES).fill(0);
  let sure = 0;
  for (let row = 0; row < COUNT; row++) {
    const probabilities = Array.from({ length: CLASSES }, (_, label) => values[row * CLASSES + label]!);
    const best = Math.max(...probabilities);
    counts[probabilities.indexOf(best)]! += 1;
    if (best > 0.8) sure += 1;
  }
  return { counts, sure: sure / COUNT };
}

test(`a DCGAN learns to write digits in ${STEPS} steps`, async () => {
  await useEngine();
  const data = inMemoryDataset(await digitSamples({ split: 'train' }));
  const gan = dcgan({ size: 28, channels: 1, width: 32, seed: 1 });
  const judge = await featureNetwork('digits');

  const pictures = await data.batch(Array.from({ length: COUNT }, (_, i) => i * 4));
  const real = await featuresOf(judge, pictures.samples);
  tf.dispose([pictures.samples, pictures.labels!]);
  const judged = async () => {
    const samples = await gan.sample(COUNT, { seed: 1 });
    const { features, probabilities } = await featuresOf(judge, samples);
    samples.dispose();
    return { distance: (await frechetDistance(real.features, features)).value, ...verdicts(probabilities) };
  };

  const before = await judged();
  for await (const { warnings } of train(gan, data, { steps: STEPS, seed: 1 })) expect(warnings).toEqual([]);
  const after = await judged();

  expect(after.distance).toBeLessThan(before.distance / 5);
  expect(Math.min(...after.counts), `digits written: ${after.counts}`).toBeGreaterThan(COUNT / CLASSES / 10);
  expect(after.sure).toBeGreaterThan(verdicts(real.probabilities).sure / 3);
  gan.dispose();
  judge.dispose();
});
