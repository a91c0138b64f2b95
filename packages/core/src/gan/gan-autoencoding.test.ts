import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { latentSpace } from '../latent/latent-space.js';
import { Random } from '../random/random.js';
import { train } from '../training/train.js';
import { Gan, type GanAutoencoder } from './gan.js';

const linear = () => {
  const input = tf.input({ shape: [1] });
  return tf.model({
    inputs: input,
    outputs: tf.layers.dense({ units: 1, kernelInitializer: 'ones' }).apply(input) as tf.SymbolicTensor,
  });
};

/** Everything is linear, in one dimension: what autoencoding leads to can be computed. */
function linearGan(autoencoder?: GanAutoencoder): Gan {
  return new Gan({
    kind: 'linear',
    options: {},
    latent: latentSpace({ distribution: 'normal', dimensions: 1 }),
    modality: {
      kind: 'number',
      sampleShape: [1],
      encode: () => tf.zeros([1, 1]),
      decode: async () => [],
    },
    networks: {
      generator: linear,
      discriminator() {
        const input = tf.input({ shape: [1] });
        const score = tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [score, input] });
      },
    },
    ...(autoencoder && { autoencoder }),
  });
}

it('finds the points that samples come from: normal ones, from which the generator gives the samples back', async () => {
  const [mean, deviation] = [2, 3];
  const random = Random.fromSeed(1);
  const data = inMemoryDataset({
    values: Float32Array.from({ length: 2000 }, () => mean + deviation * random.normal()),
    sampleShape: [1],
    fingerprint: 'normal',
  });
  const gan = linearGan({
    encoder: linear,
    reconstruction: (generator) => (points, samples) =>
      tf.mean(tf.square(tf.sub(generator.apply(points) as tf.Tensor, samples))) as tf.Scalar,
  });
  const still = { learningRate: 0 };
  const autoencoding = { weight: 1, noise: 0, optimizer: { learningRate: 0.05 } };
  const options = { steps: 320, batchSize: 40, generatorOptimizer: still, discriminatorOptimizer: still, autoencoding };
  for await (const { metrics } of train(gan, data, options)) expect(Object.keys(metrics)).toContain('loss/prior');

  const samples = tf.tensor2d([-4, 2, 5], [3, 1]);
  const points = gan.encode(samples);
  const again = gan.generateInTraining(points);
  for (const [i, value] of (await points.data()).entries()) expect(value).toBeCloseTo([-2, 0, 1][i]!, 0);
  for (const [i, value] of (await again.data()).entries()) expect(value).toBeCloseTo([-4, 2, 5][i]!, 0);
  tf.dispose([samples, points, again]);
  gan.dispose();
});

it('is refused by a model that has no encoder', async () => {
  const gan = linearGan();
  const data = inMemoryDataset({ values: Float32Array.of(1, 2), sampleShape: [1], fingerprint: 'two' });
  await expect(train(gan, data, { steps: 1, autoencoding: { weight: 1 } }).next()).rejects.toThrow('linear has no encoder');
  const sample = tf.zeros([1, 1]);
  expect(() => gan.encode(sample)).toThrow('no encoder');
  sample.dispose();
  gan.dispose();
});
