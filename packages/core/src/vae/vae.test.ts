import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { normalLatent, uniformLatent } from '../latent/latent-space.js';
import { Random } from '../random/random.js';
import { train } from '../training/train.js';
import { Training } from '../training/training.js';
import { divergence, drawnFrom } from './divergence.js';
import { Vae, type VaeParts } from './vae.js';

/** Everything linear, two numbers to one latent number and back: then the best possible bound has a closed form. */
function linearVae(latent = normalLatent(1), parts: Partial<VaeParts<unknown>> = {}): Vae {
  const dense = (seed: number) => tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed }) });
  return new Vae({
    kind: 'linearVae',
    options: {},
    latent,
    modality: { kind: 'pair', sampleShape: [2], encode: () => tf.zeros([1, 2]), decode: async () => [] },
    networks: {
      encoder() {
        const sample = tf.input({ shape: [2] });
        // The best variance is the same everywhere.
        const bias = tf.layers.dense({ units: 1, kernelInitializer: 'zeros' }).apply(sample) as tf.SymbolicTensor;
        return tf.model({ inputs: sample, outputs: [dense(1).apply(sample) as tf.SymbolicTensor, bias] });
      },
      decoder() {
        const network = tf.sequential();
        network.add(tf.layers.dense({ units: 2, inputShape: [1], kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }));
        return network;
      },
    },
    training: { likelihood: { scale: 0.5 }, optimizer: { learningRate: 0.02 } },
    ...parts,
  });
}

/** 256 points whose covariance is exactly diag(4, 0.25) turned by 30 degrees. */
function ellipse() {
  const random = Random.fromSeed(5);
  const draws = Array.from({ length: 64 }, () => [random.normal(), random.normal()] as const);
  // With all four signs, means and covariance vanish exactly; dividing by the root of the mean square makes variances 1.
  const signed = draws.flatMap(([x, y]) => [[x, y], [-x, y], [x, -y], [-x, -y]]); // biome-ignore format: a table
  const scale = [0, 1].map((axis) => Math.sqrt(signed.reduce((sum, point) => sum + point[axis]! ** 2, 0) / signed.length));
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const values = signed.flatMap(([x, y]) => {
    const [u, v] = [(2 * x!) / scale[0]!, (0.5 * y!) / scale[1]!];
    return [cos * u - sin * v, sin * u + cos * v];
  });
  return inMemoryDataset({ values: Float32Array.from(values), sampleShape: [2], fingerprint: 'ellipse' });
}

test('the divergence is that of the closed form, and 0 for the prior itself', () => {
  const values = tf.tidy(() => [
    ...divergence({ mean: tf.tensor2d([[1, 0]]), logVariance: tf.tensor2d([[0, Math.log(4)]]) }).dataSync(),
    ...divergence({ mean: tf.zeros([1, 2]), logVariance: tf.zeros([1, 2]) }).dataSync(),
    ...divergence({ mean: tf.tensor2d([[1, 0]]), logVariance: tf.zeros([1, 2]) }, 0.3).dataSync(),
  ]);
  const ofVariance = 0.5 * (4 - 1 - Math.log(4));
  for (const [i, value] of [0.5 + ofVariance, 0, 0.5 + 0.3].entries()) expect(values[i]).toBeCloseTo(value, 5);
});

test('points are drawn with the mean and the deviation that the encoder says', () => {
  const [a, b] = tf.tidy(() => {
    const posterior = { mean: tf.tensor2d([[1, 2]]), logVariance: tf.tensor2d([[Math.log(4), 0]]) };
    return [...drawnFrom(posterior, tf.tensor2d([[1, -1]])).dataSync()];
  });
  expect([a, b]).toEqual([3, 1]);
});

test('a linear VAE reaches the likelihood of probabilistic PCA (1911.02469, section 4), and sees where samples lie', async () => {
  const vae = linearVae();
  let bound = 0;
  for await (const { metrics } of train(vae, ellipse(), { steps: 900, batchSize: 256, reportEvery: 300 })) bound = metrics.loss!;
  // The best model is N(0, covariance), whose entropy is ln(2πe √det) with a determinant of 1.
  expect(bound).toBeGreaterThan(Math.log(2 * Math.PI * Math.E) - 0.05);
  expect(bound).toBeLessThan(Math.log(2 * Math.PI * Math.E) + 0.05);
  const along = tf.tidy(() => vae.reconstruct(tf.tensor2d([[2 * Math.cos(Math.PI / 6), 2 * Math.sin(Math.PI / 6)]])).dataSync());
  // Of variance 4, of which the noise takes a quarter: 15/16 of a point on the long axis comes back.
  expect(along[0]).toBeCloseTo((15 / 16) * 2 * Math.cos(Math.PI / 6), 1);
  expect(along[1]).toBeCloseTo((15 / 16) * 2 * Math.sin(Math.PI / 6), 1);
  vae.dispose();
});

test('a stored training goes on with the same bits', async () => {
  const run = async (stops: number[]): Promise<number[]> => {
    const data = ellipse();
    let state: Awaited<ReturnType<Training<never, never>['state']>> | undefined;
    let weights: number[] = [];
    for (const steps of stops) {
      const vae = linearVae();
      const training = new Training(vae, data, { steps, batchSize: 32, reportEvery: 100 });
      if (state) await training.restore(state);
      await training.advance();
      state = await training.state();
      weights = vae.decoder.getWeights().flatMap((tensor) => [...tensor.dataSync()]);
      await training.dispose();
      vae.dispose();
    }
    return weights;
  };
  expect(await run([4, 8])).toEqual(await run([8]));
});

test('the latent space must be the one that the divergence is measured from', () => {
  expect(() => linearVae(uniformLatent(1))).toThrow("must be 'normal', got 'uniform'");
});

test('a likelihood of something that is made of the samples', async () => {
  const loss = async (parts: Partial<VaeParts<unknown>>) => {
    const vae = linearVae(normalLatent(1), parts);
    const reports = train(vae, ellipse(), { steps: 1, batchSize: 64 });
    const { value } = await reports.next();
    await reports.return();
    vae.dispose();
    return value!.metrics['loss/reconstruction']!;
  };
  const plain = await loss({});
  const tripled = await loss({ compared: (samples) => tf.mul(samples, 3), training: { likelihood: { scale: 1.5 } } });
  // Densities of two numbers, each stretched three times.
  expect(tripled).toBeCloseTo(plain + 2 * Math.log(3), 4);
});
