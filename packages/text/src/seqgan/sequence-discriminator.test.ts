import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { sequenceDiscriminator } from './sequence-discriminator.js';

const SHAPE = { vocabulary: 9, length: 6, embedding: 3, widths: [1, 2, 6], filters: [4, 5, 2] };

test("judges as its model of tfjs's layers does, which survives being saved", async () => {
  const discriminator = sequenceDiscriminator(SHAPE, Random.fromSeed(6));
  const rows = tf.tensor2d(
    [
      [1, 2, 3, 4, 5, 6],
      [8, 8, 0, 7, 1, 0],
    ],
    undefined,
    'int32',
  );
  const factors = Random.fromSeed(7).uniformTensor<tf.Rank.R2>([2, 11], 0, 2);
  let artifacts: tf.io.ModelArtifacts | undefined;
  await discriminator.model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts!));
  const mine = tf.tidy(() => discriminator.logits(rows, factors));
  const theirs = loaded.predict([rows, factors]) as tf.Tensor;
  const expected = await theirs.data();
  for (const [i, value] of (await mine.data()).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  tf.dispose([rows, factors, mine, theirs]);
  loaded.dispose();
  discriminator.model.dispose();
});

test('work that is saved on equal beginnings changes nothing', async () => {
  const discriminator = sequenceDiscriminator(SHAPE, Random.fromSeed(9));
  const random = Random.fromSeed(10);
  for (const given of [1, 2, 5]) {
    const values = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => random.integer(9)));
    values.forEach((row, i) => void row.splice(0, given, ...values[i % 2]!.slice(0, given)));
    const rows = tf.tensor2d(values, undefined, 'int32');
    const [whole, saved] = tf.tidy(() => [
      discriminator.logits(rows),
      discriminator.logits(rows, undefined, { beginnings: 2, given }),
    ]) as [tf.Tensor, tf.Tensor];
    const expected = await whole.data();
    for (const [i, value] of (await saved.data()).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    tf.dispose([rows, whole, saved]);
  }
  discriminator.model.dispose();
});

test('begins as the released code does', async () => {
  const { model } = sequenceDiscriminator(
    { vocabulary: 5000, length: 20, embedding: 64, widths: [2], filters: [200] },
    Random.fromSeed(8),
  );
  const moments = await Promise.all(
    model.weights.map(async (weight) => {
      const values = Array.from(await weight.read().data());
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      return [mean, deviation, Math.max(...values.slice(0, 10_000).map(Math.abs))] as const;
    }),
  );
  const [embedding, filter, filterBias, highway] = moments;
  // Uniform in -1 … 1: 1 / √3. A normal distribution cut at two deviations has 0.8796 of its deviation.
  expect(embedding![1]).toBeCloseTo(1 / Math.sqrt(3), 2);
  expect(filter![1]).toBeCloseTo(0.08796, 2);
  expect(filter![2]).toBeLessThanOrEqual(0.2 + 1e-6);
  expect(filterBias![0]).toBeCloseTo(0.1, 6);
  // Glorot and Bengio's uniform distribution over 200 + 200 units: √(6 / 400) is the limit.
  expect(highway![2]).toBeLessThanOrEqual(Math.sqrt(6 / 400));
  expect(highway![1]).toBeCloseTo(Math.sqrt(6 / 400 / 3), 3);
  model.dispose();
});
