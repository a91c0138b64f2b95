import { featuresOf, inMemoryDataset, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { digitSamples, featureNetwork } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { imageVae } from '../index.js';

const STEPS = 1000;
const CLASSES = 10;

test(`a VAE learns to give digits back, and to write those that are asked for, in ${STEPS} steps`, async () => {
  await useEngine();
  const data = inMemoryDataset(await digitSamples({ split: 'train' }));
  const unseen = inMemoryDataset(await digitSamples({ split: 'test' }));
  const judge = await featureNetwork('digits');
  const vae = imageVae({ size: 28, channels: 1, width: 16, classes: CLASSES, seed: 1 });
  for await (const { warnings } of train(vae, data, { steps: STEPS, seed: 1 })) expect(warnings).toEqual([]);

  const { samples, labels } = await unseen.batch(Array.from({ length: 200 }, (_, i) => i));
  const shares = tf.tidy(() => {
    const error = tf.mean(tf.squaredDifference(vae.reconstruct(samples, labels), samples));
    return tf.div(error, tf.moments(samples).variance);
  });
  // What is left of how much pixels vary.
  expect((await shares.data())[0]).toBeLessThan(0.2);

  const written = await vae.sample(500, { seed: 1 });
  const { values } = (await featuresOf(judge, written)).probabilities;
  const right = Array.from({ length: 500 }, (_, row) => {
    const likelihoods = values.subarray(row * CLASSES, (row + 1) * CLASSES);
    return likelihoods.indexOf(Math.max(...likelihoods)) === row % CLASSES ? 1 : 0;
  });
  expect(right.reduce<number>((sum, one) => sum + one, 0) / 500).toBeGreaterThan(0.3);
  tf.dispose([samples, labels!, shares, written]);
  vae.dispose();
  judge.dispose();
});
