import { frechetDistance, inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { digitSamples, featureNetwork } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dcgan } from './dcgan.js';
import { featuresOf } from './features/features-of.js';

test('a DCGAN learns to write digits in 800 steps', async () => {
  await useEngine();
  const samples = await digitSamples({ split: 'train' });
  const data = inMemoryDataset(samples);
  const gan = dcgan({ size: 28, channels: 1, width: 32, seed: 1 });
  const judge = await featureNetwork('digits');
  const count = 2000;

  const real = await data.batch(Array.from({ length: count }, (_, i) => i * 4));
  const realFeatures = (await featuresOf(judge, real.samples)).features;
  const distance = async () => {
    const made = await gan.sample(count, { seed: 1 });
    const { features, probabilities } = await featuresOf(judge, made);
    made.dispose();
    return { value: (await frechetDistance(realFeatures, features)).value, probabilities };
  };

  const untrained = await distance();
  for await (const { warnings } of train(gan, data, { steps: 800, seed: 1 })) expect(warnings).toEqual([]);
  const trained = await distance();
  expect(trained.value).toBeLessThan(untrained.value / 5);

  // Every digit is written, and most of what is written is plainly one digit.
  const classes = 10;
  const counts = new Array<number>(classes).fill(0);
  let sure = 0;
  for (let row = 0; row < count; row++) {
    const probabilities = Array.from(trained.probabilities.values.subarray(row * classes, (row + 1) * classes));
    const best = Math.max(...probabilities);
    counts[probabilities.indexOf(best)]! += 1;
    if (best > 0.8) sure += 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(count * 0.01);
  expect(sure / count).toBeGreaterThan(0.5);

  gan.dispose();
  judge.dispose();
  tf.dispose([real.samples, real.labels!]);
});
