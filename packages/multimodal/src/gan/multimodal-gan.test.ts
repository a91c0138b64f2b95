import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type GanParts, Random, resolveOptions, Training, train } from '@polygan/core';
import { loadModel, saveModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import '../index.js';
import { valuesAfter } from '../values-after.fixture.js';
import { cornerParts, jointCorners, twoCorners } from './corner-modality.js';
import { type MultimodalGan, multimodalGan } from './multimodal-gan.js';

test('samples are the same for the same seed, and more are a continuation', async () => {
  const gan = twoCorners();
  const few = await gan.sample(3, { seed: 'a' });
  const many = await gan.sample(70, { seed: 'a' });
  const others = await gan.sample(3, { seed: 'b' });
  const first = (samples: typeof few) => [...samples.right!.dataSync().slice(0, 6)];
  expect(many.left!.shape).toEqual([70, 2]);
  expect(first(many)).toEqual(first(few));
  expect(first(others)).not.toEqual(first(few));
  tf.dispose([few, many, others] as tf.TensorContainer);
  gan.dispose();
});

test('the sampler is all of it in one network, which can be saved and loaded', async () => {
  const gan = twoCorners();
  for await (const _ of train(gan, jointCorners(32), { steps: 2, batchSize: 8 }));
  const folder = await mkdtemp(path.join(tmpdir(), 'polygan-'));
  await saveModel(folder, gan.sampler, 2);
  const loaded = await loadModel(folder);
  const points = gan.points(3, { seed: 1 });
  const { left, right } = gan.generate(points);
  const outputs = loaded.predict([points.shared, points.own.left!, points.own.right!]) as tf.Tensor[];
  expect([...outputs[0]!.dataSync()]).toEqual([...left!.dataSync()]);
  expect([...outputs[1]!.dataSync()]).toEqual([...right!.dataSync()]);
  tf.dispose([points, left, right, outputs] as unknown as tf.TensorContainer);
  loaded.dispose();
  gan.dispose();
  await rm(folder, { recursive: true });
});

test('other answers come by another seed; what is known stays out unless it is asked for', async () => {
  const gan = twoCorners();
  const left = tf.zeros([2, 2]);
  const one = gan.translate({ left });
  const another = gan.translate({ left }, ['right', 'left'], { seed: 1 });
  expect([Object.keys(one), Object.keys(another)]).toEqual([['right'], ['right', 'left']]);
  expect([...one.right!.dataSync()]).not.toEqual([...another.right!.dataSync()]);
  tf.dispose([left, one, another] as unknown as tf.TensorContainer);
  gan.dispose();
});

test('a stored training goes on with the same bits', async () => {
  const run = (stops: readonly number[]) => valuesAfter(twoCorners, jointCorners(64, 0.5), stops);
  expect(await run([3, 6])).toEqual(await run([6]));
});

test('codes are given to generators as long as they are asked to be', () => {
  const modalities = () => ({ left: cornerParts(40), right: cornerParts(40) });
  const [short, long] = [1, 2].map((codeLength) => multimodalGan({ modalities: modalities(), codeLength })) as [
    MultimodalGan,
    MultimodalGan,
  ];
  const [expected, direct, sampled] = tf.tidy(() => {
    const points = long.points(3, { seed: 1 });
    const doubled = short.player('left').generate(tf.mul(2, long.codesAt(points.shared)), points.own.left!);
    const outputs = long.sampler.predict([points.shared, points.own.left!, points.own.right!]) as tf.Tensor[];
    return [doubled, long.generate(points).left!, outputs[0]!].map((samples) => [...samples.dataSync()]);
  });
  expect(direct).toEqual(expected);
  expect(sampled).toEqual(expected);
  short.dispose();
  long.dispose();
});

test('where samples are given back, learning rates fall from the first sample on, and readers weigh more', () => {
  const encoder = () => tf.sequential({ layers: [tf.layers.dense({ units: 40, inputShape: [2] })] });
  const reconstruction = () => () => tf.scalar(0);
  const givenBack = { ...cornerParts(40), autoencoder: { encoder, reconstruction } };
  const gan = multimodalGan({ modalities: { left: cornerParts(40), right: givenBack } });
  const { modalities, agreement } = resolveOptions('train', {}, gan.trainingSchema);
  expect(agreement).toEqual({ left: 1, right: 4 });
  expect(modalities.left!.generatorOptimizer.learningRate).toMatchObject({ after: 192_000, over: 64_000 });
  expect(modalities.right!.discriminatorOptimizer.learningRate).toMatchObject({ after: 0, over: 250_000 });
  gan.dispose();
});

test('critics of what is made of pieces see samples one by one', () => {
  const pieces = { count: 3, shares: (samples: tf.Tensor) => tf.softmax(tf.pad(samples as tf.Tensor2D, [[0, 0], [0, 1]])) as tf.Tensor2D }; // biome-ignore format: one thought
  const gan = multimodalGan({ modalities: { left: cornerParts(40), right: { ...cornerParts(40), pieces } } });
  expect(gan.players.map(({ varietyCritic }) => varietyCritic !== undefined)).toEqual([true, false]);
  gan.dispose();
});

test('critics learn whether samples of like codes differ, and say so of a batch', async () => {
  const gan = twoCorners();
  const { varietyCritic } = gan.player('left');
  const before = varietyCritic!.getWeights().map((each) => [...each.dataSync()]);
  for await (const _ of train(gan, jointCorners(32), { steps: 2, batchSize: 8, reading: { steps: 1 } }));
  expect(varietyCritic!.getWeights().map((each) => [...each.dataSync()])).not.toEqual(before);
  const [among, alone] = tf.tidy(() => {
    const samples = tf.tensor2d([[1, 1], [1, 1], [-1, 1]]); // biome-ignore format: rows
    const codes = tf.tile(tf.oneHot(tf.tensor1d([0], 'int32'), 8), [3, 1]);
    const score = (rows: number) => {
      const judged = gan.player('left').judge(samples.slice(0, rows), Random.fromSeed(0));
      return judged.scoreWith({ codes: codes.slice([0, 0], [rows, -1]) as tf.Tensor2D }).dataSync()[0]!;
    };
    return [score(3), score(2)] as const;
  });
  expect(among).not.toBeCloseTo(alone, 4);
  gan.dispose();
});

test('a critic may give several scores, each of which codes and variety add to', () => {
  const parts = cornerParts(40);
  const discriminator = () => {
    const { inputs, outputs } = parts.networks.discriminator();
    const [score, features] = outputs as [tf.SymbolicTensor, tf.SymbolicTensor];
    const twice = tf.layers.concatenate().apply([score, score]) as tf.SymbolicTensor;
    return tf.model({ inputs, outputs: [twice, features] });
  };
  const modalities = { left: { ...parts, networks: { ...parts.networks, discriminator } }, right: cornerParts(40) };
  const gan = multimodalGan({ modalities });
  const scores = tf.tidy(() => {
    const judged = gan.player('left').judge(tf.ones([3, 2]), Random.fromSeed(0));
    return judged.scoreWith({ codes: tf.ones<tf.Rank.R2>([3, 32]) }).arraySync() as [number, number][];
  });
  expect(scores.length).toBe(3);
  for (const [one, other] of scores) expect(one).toBe(other);
  gan.dispose();
});

test('refuses modalities that do not fit', () => {
  expect(() => multimodalGan({ modalities: { a: cornerParts(40) } })).toThrow('two modalities or more, got 1');
  expect(() => multimodalGan({ modalities: { a: cornerParts(32), b: cornerParts(40) } })).toThrow(
    "the generator of 'a' takes 32 latent dimensions; it needs more than the 32 of the shared code",
  );
});

test('a modality takes the options that there is a place for in a joint step, and no others', async () => {
  const gan = twoCorners();
  const stepWith = async (left: object) => {
    for await (const _ of train(gan, jointCorners(16), { steps: 1, batchSize: 8, modalities: { left } }));
  };
  await expect(stepWith({ discriminatorSteps: 5 })).rejects.toThrow("unknown option 'modalities.left.discriminatorSteps'");
  await stepWith({ loss: 'hinge' });
  gan.dispose();
});

test('readers learn first, from varied samples, and stay as they are once generators learn', async () => {
  const variations: number[] = [];
  const dense = (units: number, seed: number) =>
    tf.layers.dense({ units, activation: 'tanh', kernelInitializer: tf.initializers.glorotNormal({ seed }) });
  const readable = (seed: number): GanParts<readonly number[]> => ({
    ...cornerParts(10, seed),
    reader: {
      network: () => tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] }), dense(16, seed)] }),
      vary: (samples) => {
        variations.push(seed);
        return tf.clone(samples);
      },
    },
  });
  const gan = multimodalGan({ modalities: { left: readable(1), right: readable(2) }, codeDimensions: 8 });
  const weightsOf = async (network: tf.LayersModel) =>
    Promise.all(network.getWeights().map(async (each) => [...(await each.data())]));
  const states = async () => ({
    reader: await weightsOf(gan.readers.left!),
    generator: await weightsOf(gan.players[0]!.generator),
  });
  const training = new Training(gan, jointCorners(32), { steps: 6, batchSize: 8, reportEvery: 3, reading: { steps: 3 } });
  const first = await states();
  const reading = await training.advance();
  const second = await states();
  const making = await training.advance();
  const third = await states();
  expect([reading.stage?.name, making.stage?.name]).toEqual(['reading', 'making']);
  expect(variations).toEqual([1, 2, 1, 2, 1, 2]);
  expect(second.reader).not.toEqual(first.reader);
  expect(second.generator).toEqual(first.generator);
  expect(third.reader).toEqual(second.reader);
  expect(third.generator).not.toEqual(second.generator);
  await training.dispose();
  gan.dispose();
});

test('things are made in manners that real ones of their kind had, of which critics are told', async () => {
  // A point's height is its manner: no network has to learn what it is.
  const heightOf = () => {
    const point = tf.input({ shape: [2] });
    const height = tf.layers.dense({ units: 1, useBias: false, trainable: false });
    const outputs = height.apply(point) as tf.SymbolicTensor;
    tf.tidy(() => height.setWeights([tf.tensor2d([[0], [1]])]));
    return tf.model({ inputs: point, outputs });
  };
  const modalities = () => ({ left: { ...cornerParts(10, 1), manner: heightOf }, right: cornerParts(10, 2) });
  const options = { codeDimensions: 8, latentDimensions: 4, memory: 64, mannerDimensions: 1 };
  const gan = multimodalGan({ modalities: modalities(), ...options });
  const { manners } = gan.player('left');
  expect([manners!.dimensions, gan.player('right').manners]).toEqual([1, undefined]);
  const before = [...manners!.critic.getWeights().at(-1)!.dataSync()];
  for await (const _ of train(gan, jointCorners(64), { steps: 6, batchSize: 16, reading: { steps: 1 } }));
  expect([...manners!.critic.getWeights().at(-1)!.dataSync()]).not.toEqual(before);
  const remembered = [...manners!.memory.getWeights()[1]!.dataSync()];
  // All near the height of a corner.
  for (const height of remembered) expect(Math.abs(Math.abs(height) - 1)).toBeLessThan(0.7);

  const [direct, sampled, plain] = tf.tidy(() => {
    const points = gan.points(3, { seed: 1 });
    const { left } = gan.generate(points);
    const [same] = gan.sampler.predict([points.shared, points.own.left!, points.own.right!]) as tf.Tensor[];
    const player = gan.player('left');
    const untold = player.averagedGenerator.predict(player.pointOf(gan.codesAt(points.shared), points.own.left!)) as tf.Tensor;
    return [left!, same!, untold].map((samples) => [...samples.dataSync()]);
  });
  expect(sampled).toEqual(direct);
  expect(plain).not.toEqual(direct);
  gan.dispose();
  const without = multimodalGan({ modalities: modalities(), ...options, mannerDimensions: 0 });
  expect(without.player('left').manners).toBeUndefined();
  without.dispose();
});

test('a training with manners goes on with the same bits', async () => {
  const manner = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: 'ones', trainable: false })] }); // biome-ignore format: one thought
  const make = () =>
    multimodalGan({
      modalities: { left: { ...cornerParts(10, 1), manner }, right: cornerParts(10, 2) },
      codeDimensions: 8,
      memory: 64,
    });
  const run = (stops: readonly number[]) => valuesAfter(make, jointCorners(64, 0.5), stops);
  expect(await run([3, 6])).toEqual(await run([6]));
});
