import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { gradientError, penaltyGradientError, randomTensor } from '../gradients/check-gradients.js';
import { correctGradients } from '../gradients/correct-gradients.js';
import { registerLayers } from './register-layers.js';
import { SpectralNormalization, spectralNormalization } from './spectral-normalization.js';

correctGradients();
registerLayers();

/** k-th entry of a kernel, in the order of memory. */
const entry = (k: number) => Math.sin(k + 1);
const kernel = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, k) => entry(k)),
    shape,
  );

/** σ of that kernel as a matrix with the outputs last: numpy.linalg.svd in float64. */
const cases: { name: string; make: () => tf.layers.Layer; input: number[]; kernel: number[]; sigma: number }[] = [
  { name: 'dense', make: () => tf.layers.dense({ units: 3, useBias: false }), input: [4], kernel: [4, 3], sigma: 2.4796389 },
  {
    name: 'conv1d',
    make: () => tf.layers.conv1d({ filters: 4, kernelSize: 5, strides: 2, padding: 'same', useBias: false }),
    input: [8, 2],
    kernel: [5, 2, 4],
    sigma: 3.6664292,
  },
  {
    name: 'conv2d',
    make: () => tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
    input: [6, 6, 2],
    kernel: [3, 3, 2, 4],
    sigma: 4.7281425,
  },
  {
    name: 'conv2dTranspose',
    make: () => tf.layers.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
    input: [3, 3, 2],
    kernel: [3, 3, 4, 2],
    sigma: 4.8123819,
  },
];

test.each(cases)('$name: divides the kernel by its largest singular value', ({ make, input, kernel: shape, sigma }) => {
  const [plain, wrapped] = [make(), spectralNormalization(make())];
  tf.tidy(() => {
    const x = randomTensor([2, ...input], 1);
    for (const layer of [plain, wrapped]) layer.apply(x);
    plain.setWeights([kernel(shape)]);
    wrapped.setWeights([kernel(shape), wrapped.getWeights()[1]!]);
    for (let i = 0; i < 200; i++) wrapped.apply(x, { training: true });
    const expected = tf.div(plain.apply(x) as tf.Tensor, sigma).dataSync();
    const computed = (wrapped.apply(x) as tf.Tensor).dataSync();
    expected.forEach((value, i) => {
      expect(computed[i]).toBeCloseTo(value, 4);
    });
  });
  for (const layer of [plain, wrapped]) layer.dispose();
});

test('only calls in training move the direction', () => {
  const layer = spectralNormalization(tf.layers.dense({ units: 3 }));
  const direction = () => [...layer.nonTrainableWeights[0]!.read().dataSync()];
  tf.tidy(() => {
    layer.apply(tf.ones([1, 4]));
    const before = direction();
    layer.apply(tf.ones([1, 4]), { training: false });
    expect(direction()).toEqual(before);
    layer.apply(tf.ones([1, 4]), { training: true });
    expect(direction()).not.toEqual(before);
  });
  expect(layer.trainableWeights.map((weight) => weight.shape)).toEqual([[4, 3], [3]]);
  layer.trainable = false;
  expect(layer.trainableWeights).toEqual([]);
  layer.dispose();
});

test.each(cases)(
  '$name: the gradient goes through the kernel and through σ, to second order',
  async ({ make, input, kernel: shape }) => {
    const layer = spectralNormalization(make());
    const x = randomTensor([2, ...input], 1);
    const start = randomTensor(shape, 2);
    tf.tidy(() => {
      layer.apply(x);
      layer.setWeights([start, layer.getWeights()[1]!]);
      // Where the power iteration stands still, vᵀ u is the whole gradient of σ.
      for (let i = 0; i < 300; i++) layer.apply(x, { training: true });
    });
    const own = layer.layer.kernel;
    const withKernel = (w: tf.Tensor, at: tf.Tensor) => {
      layer.layer.kernel = { read: () => w } as typeof own;
      const result = tf.tanh(layer.apply(at) as tf.Tensor);
      layer.layer.kernel = own;
      return result;
    };
    expect(await gradientError((w) => withKernel(w, x), start)).toBeLessThan(0.01);
    expect(await penaltyGradientError((at, w) => withKernel(w, at), x, start)).toBeLessThan(0.02);
    tf.dispose([x, start]);
    layer.dispose();
  },
);

test('a model that holds it is saved and loaded', async () => {
  const model = tf.sequential({
    layers: [
      new SpectralNormalization({ layer: tf.layers.conv2d({ filters: 2, kernelSize: 3 }), inputShape: [4, 4, 1] }),
      tf.layers.flatten(),
      spectralNormalization(tf.layers.dense({ units: 1 })),
    ],
  });
  const x = randomTensor([2, 4, 4, 1], 3);
  tf.dispose(model.apply(x, { training: true }) as tf.Tensor);
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory(JSON.parse(JSON.stringify(saved.modelTopology)), saved.weightSpecs!, saved.weightData as ArrayBuffer),
  );
  expect(loaded.weights.map(({ shape }) => shape)).toEqual(model.weights.map(({ shape }) => shape));
  tf.tidy(() => {
    expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((model.predict(x) as tf.Tensor).dataSync());
  });
  x.dispose();
  model.dispose();
  loaded.dispose();
});

test('refuses a layer without a kernel', () => {
  expect(() => spectralNormalization(tf.layers.flatten())).toThrow(
    'expected a layer of type Dense, Conv1D, Conv2D, Conv2DTranspose, got Flatten',
  );
});
