import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inMemoryDataset, normalLatent, Random, train, type VaeParts } from '@polygan/core';
import { loadModel, saveModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { jointDataset } from '../data/joint-dataset.js';
import { jointCorners } from '../gan/corner-modality.js';
import { valuesAfter } from '../values-after.fixture.js';
import { cornerVaeParts, twoCornersVae } from './corner-vae.js';
import { multimodalVae } from './multimodal-vae.js';

/** One number that is as large as the latent one, give or take 0.5; everything linear. */
function linearParts(): VaeParts<number> {
  const dense = (kernelInitializer: 'ones' | 'zeros') => tf.layers.dense({ units: 1, kernelInitializer });
  return {
    kind: 'linear',
    options: {},
    latent: normalLatent(1),
    modality: { kind: 'number', sampleShape: [1], encode: () => tf.zeros([1, 1]), decode: async () => [] },
    networks: {
      encoder() {
        const sample = tf.input({ shape: [1] });
        return tf.model({
          inputs: sample,
          outputs: [dense('ones'), dense('zeros')].map((each) => each.apply(sample) as tf.SymbolicTensor),
        });
      },
      decoder: () => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones' })] }),
    },
    training: { likelihood: { scale: 0.5 } },
  };
}

/** Pairs of numbers whose covariance is exactly [[1.25, 1], [1, 1.25]]: z + 0.5 ε of each. */
function pairs() {
  const random = Random.fromSeed(5);
  const draws = Array.from({ length: 64 }, () => [random.normal(), random.normal()] as const);
  const root = [0, 1].map((axis) => Math.sqrt(draws.reduce((sum, draw) => sum + draw[axis]! ** 2, 0) / draws.length));
  // Along the diagonals the variances are 2.25 and 0.25; with all four signs means and covariances vanish.
  const points = draws.flatMap(
    ([x, y]) =>
    [[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([a, b]) => [(a! * 1.5 * x) / root[0]!, (b! * 0.5 * y) / root[1]!] as const), // biome-ignore format: a table
  );
  const part = (axis: 1 | -1) => {
    const values = Float32Array.from(points, ([u, v]) => (u + axis * v) / Math.SQRT2);
    return { dataset: inMemoryDataset({ values, sampleShape: [1], fingerprint: `pairs${axis}` }) };
  };
  return jointDataset({ parts: { a: part(1), b: part(-1) } });
}

test('a linear model under products of experts reaches the entropy of the data, and sees where pairs lie', async () => {
  const vae = multimodalVae({ modalities: { a: linearParts(), b: linearParts() }, fusion: 'product' });
  let bound = 0;
  const options = { steps: 300, batchSize: 256, reportEvery: 100, optimizer: { learningRate: 0.03 } };
  for await (const { metrics } of train(vae, pairs(), options)) bound = metrics.loss!;
  // The bound is tight: posteriors of pairs are products of those of one. Entropies of normal distributions, of variance 1.25 and of determinant 0.5625;
  // two thirds of the rows are seen as pairs (half, and a third of the others), of the rest both forms by themselves.
  const both = Math.log(2 * Math.PI * Math.E) + Math.log(0.5625) / 2;
  const apart = Math.log(2 * Math.PI * Math.E) + Math.log(1.25);
  const expected = (2 / 3) * both + (1 / 3) * apart;
  expect(Math.abs(bound - expected)).toBeLessThan(0.05);
  tf.tidy(() => {
    const one = tf.ones([1, 1]);
    // Precisions: 1 of the prior, 4 of each form.
    const of = (given: Record<string, tf.Tensor>) => Math.abs(vae.read(given).dataSync()[0]!);
    expect(of({ a: one })).toBeCloseTo(4 / 5, 1);
    expect(of({ a: one, b: one })).toBeCloseTo(8 / 9, 1);
    expect(Math.exp(vae.encode({ a: one, b: one }).logVariance.dataSync()[0]!)).toBeCloseTo(1 / 9, 1);
  });
  vae.dispose();
});

test('what is read of several forms: products, or the mean of what each says', () => {
  tf.tidy(() => {
    const given = { left: tf.tensor2d([[1, 0.5]]), right: tf.tensor2d([[-0.5, 1]]) };
    const vae = twoCornersVae('mixture');
    const each = Object.entries(given).map(([name, samples]) => vae.read({ [name]: samples }).dataSync());
    const together = vae.read(given).dataSync();
    [0, 1].forEach((i) => void expect(together[i]).toBeCloseTo((each[0]![i]! + each[1]![i]!) / 2, 5));
    vae.dispose();
  });
});

test('samples and answers follow the seed; the sampler can be saved and loaded', async () => {
  const vae = twoCornersVae('mixture-of-products');
  const few = await vae.sample(3, { seed: 'a' });
  const many = await vae.sample(70, { seed: 'a' });
  expect([...many.right!.dataSync().slice(0, 6)]).toEqual([...few.right!.dataSync()]);
  const answers = [0, 0, 1].map((seed) => vae.translate({ left: few.left! }, undefined, { seed }));
  const [first, again, other] = answers.map((each) => [...each.right!.dataSync()]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(Object.keys(answers[0]!)).toEqual(['right']);

  const folder = await mkdtemp(path.join(tmpdir(), 'polygan-'));
  await saveModel(folder, vae.sampler, 1);
  const loaded = await loadModel(folder);
  const points = vae.points(3, { seed: 'a' });
  const [left, right] = loaded.predict(points.shared) as tf.Tensor[];
  expect([...left!.dataSync()]).toEqual([...few.left!.dataSync()]);
  expect([...right!.dataSync()]).toEqual([...few.right!.dataSync()]);
  tf.dispose([few, many, answers, points, left, right] as unknown as tf.TensorContainer);
  loaded.dispose();
  vae.dispose();
  await rm(folder, { recursive: true });
});

test.each(['product', 'mixture'] as const)('a stored training goes on with the same bits: %s', async (fusion) => {
  const run = (stops: readonly number[]) => valuesAfter(() => twoCornersVae(fusion), jointCorners(64, 0.5), stops);
  expect(await run([3, 6])).toEqual(await run([6]));
});

test('what is generated comes nearer to what was given', async () => {
  const vae = twoCornersVae('mixture-of-products');
  const left = tf.tensor2d([[0.3, 0.2], [-0.1, 0.2]]); // biome-ignore format: rows
  const { codes, before, after } = await vae.refine({ left }, { steps: 30, starts: 2 });
  expect(after).toBeLessThan(0.5 * before);
  expect(codes.shape).toEqual([2, 2]);
  tf.dispose([left, codes]);
  vae.dispose();
});

test('refuses modalities that do not fit', () => {
  const parts = cornerVaeParts(2);
  expect(() => multimodalVae({ modalities: { a: parts } })).toThrow('two modalities or more, got 1');
  expect(() => multimodalVae({ modalities: { a: parts, b: cornerVaeParts(3) } })).toThrow("share them; got 'a' 2, 'b' 3");
  const classes = { ...parts, latent: { ...parts.latent, classes: 3 } };
  expect(() => multimodalVae({ modalities: { a: parts, b: classes } })).toThrow("'b' has classes; leave them out");
});
