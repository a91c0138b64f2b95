import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GanParts, Random, Training, train } from '@polygan/core';
import { loadModel, saveModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import '../index.js';
import { cornerParts, jointCorners } from '../gan/corner-modality.js';
import { valuesAfter } from '../values-after.fixture.js';
import { type CoupledGan, coupledGan } from './coupled-gan.js';

/** Modalities whose networks are alike, without private parts. */
const relatives = (ownLayers = 1) =>
  coupledGan({ modalities: { left: cornerParts(8, 1), right: cornerParts(8, 2) }, latentDimensions: 8, ownLayers });
/** Modalities that have the trunk and the head in common alone, and private parts. */
const strangers = () => coupledGan({ modalities: { left: cornerParts(10, 1), right: cornerParts(11, 2) }, latentDimensions: 8 });
/** Data of which no row has both forms. */
const unpaired = (rows: number) => jointCorners(rows, 0);

const valuesOf = async (variables: readonly tf.Variable[]) =>
  Promise.all(variables.map(async (variable) => [...(await variable.data())]));
const variablesOf = (network: tf.LayersModel) => network.trainableWeights.map((weight) => weight.read() as tf.Variable);
const weightsOf = (network: tf.LayersModel) => valuesOf(variablesOf(network));

test.each([
  ['relatives', () => relatives()],
  ['strangers with private parts', strangers],
])('samples and answers follow the seed; more samples are a continuation: %s', async (_, make) => {
  const gan = make();
  const few = await gan.sample(3, { seed: 'a' });
  const many = await gan.sample(70, { seed: 'a' });
  const others = await gan.sample(3, { seed: 'b' });
  const first = (samples: typeof few) => [...samples.right!.dataSync().slice(0, 6)];
  expect(many.left!.shape).toEqual([70, 2]);
  expect(first(many)).toEqual(first(few));
  expect(first(others)).not.toEqual(first(few));
  const answers = [0, 0, 1].map((seed) => gan.translate({ left: few.left! }, undefined, { seed }));
  const [one, again, other] = answers.map((each) => [...each.right!.dataSync()]);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(Object.keys(answers[0]!)).toEqual(['right']);
  tf.tidy(() => {
    expect(Object.keys(gan.translate({ right: few.right! }, ['right', 'left']))).toEqual(['right', 'left']);
    expect(gan.read(few).shape).toEqual([3, 8]);
  });
  expect(() => gan.translate({})).toThrow('no samples were given');
  tf.dispose([few, many, others, answers] as unknown as tf.TensorContainer);
  gan.dispose();
});

test.each([
  ['without private parts', () => relatives(), ['shared']],
  ['with them', strangers, ['shared', 'left', 'right']],
])('the sampler is all of it in one network, which can be saved and loaded: %s', async (_, make, inputs) => {
  const gan = make();
  for await (const _ of train(gan, unpaired(16), { steps: 2, batchSize: 8 }));
  const folder = await mkdtemp(path.join(tmpdir(), 'polygan-'));
  await saveModel(folder, gan.sampler, 2);
  const loaded = await loadModel(folder);
  expect(loaded.inputNames).toEqual(inputs);
  const points = gan.points(3, { seed: 1 });
  const { left, right } = gan.generate(points);
  const given = [points.shared, ...Object.values(points.own)];
  const outputs = loaded.predict(given.length === 1 ? given[0]! : given) as tf.Tensor[];
  expect([...outputs[0]!.dataSync()]).toEqual([...left!.dataSync()]);
  expect([...outputs[1]!.dataSync()]).toEqual([...right!.dataSync()]);
  tf.dispose([points, left, right, outputs] as unknown as tf.TensorContainer);
  loaded.dispose();
  gan.dispose();
  await rm(folder, { recursive: true });
});

test.each([
  ['relatives', () => relatives()],
  ['strangers', strangers],
])('a stored training goes on with the same bits, and the seed decides it: %s', async (_, make) => {
  const run = (stops: readonly number[]) => valuesAfter(make, unpaired(32), stops);
  expect(await run([3, 6])).toEqual(await run([6]));
});

test('which samples are of one thing makes no difference', async () => {
  const paired = jointCorners(32);
  const apart: typeof paired = {
    ...paired,
    async batch(...asked) {
      const { samples, present } = await paired.batch(...asked);
      const none = Object.entries(present).map(([name, each]) => [name, tf.zerosLike(each)] as const);
      tf.dispose(Object.values(present));
      return { samples, present: Object.fromEntries(none) };
    },
  };
  const [together, alone] = [paired, apart].map((data) => valuesAfter(() => relatives(), data, [3]));
  expect(await together).toEqual(await alone);
});

test('a step of one critic moves the head that the other is judged by', async () => {
  const gan = strangers();
  const samples = tf.tensor2d([[0.3, -0.2]]);
  const scoreOf = (name: string) =>
    tf.tidy(() => (gan.head.predict(gan.player(name).look(samples, Random.fromSeed(0)).common) as tf.Tensor).dataSync()[0]!);
  const before = scoreOf('right');
  const own = await weightsOf(gan.player('right').critic);
  // The others of this game stand still.
  const still = { discriminatorOptimizer: { learningRate: 0 }, generatorOptimizer: { learningRate: 0 } };
  const training = new Training(gan, unpaired(16), { steps: 1, batchSize: 8, modalities: { right: still } });
  await training.advance();
  expect(await weightsOf(gan.player('right').critic)).toEqual(own);
  expect(scoreOf('right')).not.toBe(before);
  samples.dispose();
  await training.dispose();
  gan.dispose();
});

/** Which of the layers with weights two networks have in common, by whether their values are the same. */
async function inCommon(gan: CoupledGan, network: 'generator' | 'averagedGenerator' | 'critic'): Promise<boolean[]> {
  const [left, right] = await Promise.all(
    ['left', 'right'].map(async (name) => {
      const layers = gan.player(name)[network].layers.filter(({ trainableWeights }) => trainableWeights.length > 0);
      return Promise.all(
        layers.map(async (layer) => valuesOf(layer.trainableWeights.map((weight) => weight.read() as tf.Variable))),
      );
    }),
  );
  return left!.map((weights, i) => JSON.stringify(weights) === JSON.stringify(right![i]));
}

test.each([
  [1, [true, true, false], [false, true, true]],
  [2, [true, false, false], [false, false, true]],
])(
  'networks that are alike have all layers in common but %d, before and after training',
  async (ownLayers, generators, critics) => {
    const gan = relatives(ownLayers);
    const check = async () => {
      expect(await inCommon(gan, 'generator')).toEqual(generators);
      expect(await inCommon(gan, 'averagedGenerator')).toEqual(generators);
      expect(await inCommon(gan, 'critic')).toEqual(critics);
    };
    await check();
    const before = await weightsOf(gan.player('right').generator);
    const lazy = { penalty: { kind: 'r1', weight: 1, every: 2 } } as const;
    for await (const _ of train(gan, unpaired(16), { steps: 3, batchSize: 8, modalities: { left: lazy, right: lazy } }));
    expect(await weightsOf(gan.player('right').generator)).not.toEqual(before);
    await check();
    gan.dispose();
  },
);

test('a modality that can be autoencoded is given back from points of the shared space', async () => {
  const autoencoded = (dimensions: number, seed: number): GanParts<readonly number[]> => ({
    ...cornerParts(dimensions, seed),
    autoencoder: {
      encoder: () => tf.sequential({ layers: [tf.layers.dense({ units: dimensions, inputShape: [2] })] }),
      reconstruction: (generator) => (inputs, samples) =>
        tf.tidy(() => tf.mean(tf.squaredDifference(generator.apply(inputs) as tf.Tensor, samples)) as tf.Scalar),
    },
  });
  // Two that have all but one layer of their generators in common, and one that has a private part.
  const modalities = { left: autoencoded(8, 1), right: autoencoded(8, 2), other: autoencoded(10, 3) };
  const gan = coupledGan({ modalities, latentDimensions: 8 });
  const { samples, present } = await unpaired(16).batch([...Array(16).keys()]);
  const data: ReturnType<typeof unpaired> = {
    size: 16,
    fingerprint: 'three',
    batch: async () => ({
      samples: tf.tidy(() => ({ left: samples.left!.clone(), right: samples.right!.clone(), other: samples.left!.clone() })),
      present: { left: present.left!.clone(), right: present.right!.clone(), other: present.left!.clone() },
    }),
  };
  const losses: Readonly<Record<string, number>>[] = [];
  const quick = { autoencoding: { optimizer: { learningRate: 1e-2 }, prior: 1 } };
  for await (const { metrics } of train(gan, data, { steps: 30, batchSize: 16, reportEvery: 10, ...quick })) losses.push(metrics);
  for (const name of ['left', 'right', 'other']) {
    const [first, last] = [losses[0]!, losses.at(-1)!].map((metrics) => metrics[`loss/reconstruction/${name}`]!);
    expect(last).toBeLessThan(0.9 * first!);
  }
  expect(await inCommon(gan, 'generator')).toEqual([true, true, false]);
  tf.dispose([samples, present] as unknown as tf.TensorContainer);
  gan.dispose();
});

test('what is generated comes nearer to what was given, whether it is read or drawn where it begins', async () => {
  const gan = strangers();
  const left = tf.tensor2d([[0.3, 0.2], [-0.1, 0.2]]); // biome-ignore format: rows
  const known = tf.tensor2d([[1, 0], [1, 0]]); // biome-ignore format: rows
  for (const options of [{}, { known: { left: known } }]) {
    const { codes, own, before, after } = await gan.refine({ left }, { steps: 30, starts: 2, ...options });
    expect(after).toBeLessThan(0.6 * before);
    expect(codes.shape).toEqual([2, 8]);
    expect(own.right!.shape).toEqual([2, 3]);
    tf.dispose([codes, own] as unknown as tf.TensorContainer);
  }
  await expect(gan.refine({})).rejects.toThrow('no samples were given');
  tf.dispose([left, known]);
  gan.dispose();
});

test('refuses modalities that do not fit', () => {
  expect(() => coupledGan({ modalities: { a: cornerParts(40) } })).toThrow('two modalities or more, got 1');
  expect(() => coupledGan({ modalities: { a: cornerParts(31), b: cornerParts(32) } })).toThrow(
    "the generator of 'a' takes 31 latent dimensions; it needs at least the 32 that all share",
  );
  const parts = cornerParts(32);
  const classes = { ...parts, latent: { ...parts.latent, classes: 3 } };
  expect(() => coupledGan({ modalities: { a: parts, b: classes } })).toThrow("'b' has classes; leave them out");
});
