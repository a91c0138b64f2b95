import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gradientError, penaltyGradientError, randomTensor } from '../gradients/check-gradients.js';
import { correctGradients } from '../gradients/correct-gradients.js';
import { ConditionalBatchNormalization } from './conditional-batch-normalization.js';
import { registerLayers } from './register-layers.js';

correctGradients();
registerLayers();

const oneHot = (labels: number[]) => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 2), 'float32');

/** Two channels, two classes: gains 1 and 10, offsets 0 and 5 for the classes, whatever the channel. */
function layer(momentum = 0.75): ConditionalBatchNormalization {
  const made = new ConditionalBatchNormalization({ momentum, epsilon: 0 });
  tf.tidy(() => {
    made.apply([tf.zeros([1, 2, 1, 2]), oneHot([0])]);
    const [gains, offsets] = [tf.tensor2d([1, 1, 10, 10], [2, 2]), tf.tensor2d([0, 0, 5, 5], [2, 2])];
    made.setWeights([gains, offsets, tf.zeros([2]), tf.ones([2])]);
  });
  return made;
}

test('normalises each channel over the batch, then scales and moves each sample as its class says', () => {
  const normalization = layer();
  tf.tidy(() => {
    // The first channel has mean 3 and deviation √5, the second mean 0 and deviation 1.
    const map = tf.tensor4d([0, -1, 2, 1, 4, -1, 6, 1], [2, 2, 1, 2]);
    const computed = (normalization.apply([map, oneHot([0, 1])], { training: true }) as tf.Tensor).dataSync();
    const r = Math.sqrt(5);
    for (const [i, value] of [-3 / r, -1, -1 / r, 1, 10 / r + 5, -5, 30 / r + 5, 15].entries())
      expect(computed[i]).toBeCloseTo(value, 4);
  });
  normalization.dispose();
});

test('outside training the moving averages count, which a step in training moves', () => {
  const normalization = layer();
  tf.tidy(() => {
    const map = tf.tensor4d([0, -1, 2, 1, 4, -1, 6, 1], [2, 2, 1, 2]);
    const still = () => (normalization.apply([tf.fill([1, 1, 1, 2], 4), oneHot([0])]) as tf.Tensor).dataSync();
    expect([...still()]).toEqual([4, 4]);
    normalization.apply([map, oneHot([0, 1])], { training: true });
    // A quarter of the way: means 0.75 and 0, variances 1 + 4/4 and 1.
    for (const [i, value] of [(4 - 0.75) / Math.sqrt(2), 4].entries()) expect(still()[i]).toBeCloseTo(value, 5);
  });
  normalization.dispose();
});

test('gradients by the map and by the gains, to second order', async () => {
  const normalization = new ConditionalBatchNormalization({});
  const map = randomTensor([3, 2, 2, 2], 1);
  const classes = tf.tidy(() => oneHot([0, 1, 1]));
  tf.dispose(normalization.apply([map, classes]) as tf.Tensor);
  const cubed = (at: tf.Tensor) => tf.pow(normalization.apply([at, classes], { training: true }) as tf.Tensor, 3);
  expect(await gradientError(cubed, map)).toBeLessThan(0.01);
  const scale = randomTensor([3, 2, 2, 2], 2);
  expect(await penaltyGradientError((x, w) => cubed(tf.mul(x, w)), map, scale)).toBeLessThan(0.02);
  expect(normalization.trainableWeights.map(({ shape }) => shape)).toEqual([
    [2, 2],
    [2, 2],
  ]);
  tf.dispose([map, classes, scale]);
  normalization.dispose();
});

test('a model that holds it is saved and loaded', async () => {
  const [map, classes] = [tf.input({ shape: [2, 2, 3] }), tf.input({ shape: [2] })];
  const model = tf.model({
    inputs: [map, classes],
    outputs: new ConditionalBatchNormalization({ epsilon: 0.5 }).apply([map, classes]) as tf.SymbolicTensor,
  });
  const input = tf.tidy(() => [randomTensor([2, 2, 2, 3], 3), oneHot([0, 1])]);
  tf.dispose(model.apply(input, { training: true }) as tf.Tensor);
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const topology = JSON.parse(JSON.stringify(saved.modelTopology));
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(topology, saved.weightSpecs!, saved.weightData as ArrayBuffer));
  tf.tidy(() => {
    expect((loaded.predict(input) as tf.Tensor).dataSync()).toEqual((model.predict(input) as tf.Tensor).dataSync());
  });
  tf.dispose(input);
  model.dispose();
  loaded.dispose();
});

test('by numbers it begins as plain batch normalisation, from which they move gains and offsets', () => {
  const normalization = new ConditionalBatchNormalization({ by: 'numbers', epsilon: 0 });
  tf.tidy(() => {
    const map = tf.tensor4d([0, 2, 4, 6], [2, 2, 1, 1]);
    const told = tf.tensor2d([[0.5], [-3]]);
    const computed = () => [...(normalization.apply([map, told], { training: true }) as tf.Tensor).dataSync()];
    const plain = [-3, -1, 1, 3].map((value) => value / Math.sqrt(5));
    expect(computed()).toEqual(plain.map((value) => expect.closeTo(value, 5)));
    normalization.setWeights([tf.tensor2d([[2]]), tf.tensor2d([[10]]), tf.zeros([1]), tf.ones([1])]);
    const moved = plain.map((value, i) => (i < 2 ? 2 * value + 5 : -5 * value - 30));
    expect(computed()).toEqual(moved.map((value) => expect.closeTo(value, 4)));
  });
  const { by } = normalization.getConfig();
  expect(by).toBe('numbers');
  normalization.dispose();
});
