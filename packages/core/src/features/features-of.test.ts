import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { featuresOf } from './features-of.js';

/** Features: the three pixels doubled. Probabilities: the softmax of the first two features. */
function network(): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [1, 3, 1] }));
  model.add(tf.layers.dense({ units: 3, useBias: false }));
  model.add(tf.layers.dense({ units: 2, useBias: false, activation: 'softmax' }));
  const weights = [tf.tensor2d([2, 0, 0, 0, 2, 0, 0, 0, 2], [3, 3]), tf.tensor2d([1, 0, 0, 1, 0, 0], [3, 2])];
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

it('gives what goes into the last layer and what comes out, for any number of samples', async () => {
  const model = network();
  const values = Float32Array.from({ length: 3 * 600 }, (_, i) => Math.sin(i));
  const samples = tf.tensor4d(values, [600, 1, 3, 1]);
  const { features, probabilities } = await featuresOf(model, samples);
  expect([features.rows, features.columns, probabilities.rows, probabilities.columns]).toEqual([600, 3, 600, 2]);
  expect(features.values).toEqual(values.map((value) => 2 * value));
  const last = 599;
  const logit = 2 * (values[3 * last]! - values[3 * last + 1]!);
  expect(probabilities.values[2 * last]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
  // The network is still whole.
  tf.dispose([model.predict(samples) as tf.Tensor, samples]);
  model.dispose();
});

it('refuses samples of another shape', async () => {
  const model = network();
  const samples = tf.zeros([2, 28, 28, 1]);
  await expect(featuresOf(model, samples)).rejects.toThrow(/takes samples \[batch,1,3,1\], got \[2,28,28,1\]; resize/);
  samples.dispose();
  model.dispose();
});
