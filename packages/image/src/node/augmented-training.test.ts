import { inMemoryDataset, OptionsError, Random, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dcgan } from '../index.js';

beforeAll(async () => {
  await useEngine('onnx');
});
// The guard against leaks counts on the backend that was set before.
afterAll(() => tf.setBackend('cpu'));

const policy = ['colour', 'translation', 'cutout'];
const compiled = () => (tf.memory() as tf.MemoryInfo & { numCompiledGraphs: number }).numCompiledGraphs;

function pictures() {
  const values = Random.fromSeed(0).fillUniform(new Float32Array(32 * 16 * 16), -1, 1);
  return inMemoryDataset({ values, sampleShape: [16, 16, 1], fingerprint: 'noise' });
}

test('steps are compiled once, however the pictures are changed, and the probability follows the discriminator', async () => {
  const gan = dcgan({ size: 16, channels: 1, width: 4, latentDimensions: 8 });
  const graphs: number[] = [];
  const probabilities: number[] = [];
  // So sure of noise is no discriminator: the probability can only fall, and of one that may be unsure it can only rise.
  for (const target of [-1, 1]) {
    const options = {
      steps: 8,
      batchSize: 8,
      reportEvery: 2,
      augment: { policy, probability: 'adaptive', target, over: 64 },
    } as const;
    for await (const { metrics } of train(gan, pictures(), options)) {
      graphs.push(compiled());
      probabilities.push(metrics['augment/probability']!);
    }
  }
  // Means over two steps of 8 of 64 samples each: 1/8 and 2/8, then 3/8 and 4/8, …
  expect(probabilities).toEqual([...[1.5, 3.5, 5.5, 7.5].map((steps) => steps / 8), 0, 0, 0, 0]);
  expect(new Set(graphs.slice(1, 4)).size).toBe(1);
  expect(new Set(graphs.slice(5)).size).toBe(1);
  gan.dispose();
});

test('refuses changes that there are not, and models without any', () => {
  const gan = dcgan({ size: 16, width: 2 });
  const ask = (augment: object) => () => gan.trainingMethod({ augment }, Random.fromSeed(0));
  expect(ask({ policy: ['colour', 'cut'] })).toThrow(OptionsError);
  expect(ask({ policy: ['cut'] })).toThrow("must be a list of colour, translation, cutout; got 'cut'");
  gan.dispose();
});
