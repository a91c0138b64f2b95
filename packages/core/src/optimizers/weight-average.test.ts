import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { WeightAverage } from './weight-average.js';

const network = (weight: number) => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false })] });
  set(model, weight);
  return model;
};
const set = (model: tf.LayersModel, weight: number) => tf.tidy(() => model.setWeights([tf.tensor2d([[weight]])]));
const get = (model: tf.LayersModel) => model.getWeights()[0]!.dataSync()[0];

test('a share halves in the half-life, counted in samples', () => {
  const [source, target] = [network(4), network(0)];
  const average = new WeightAverage(source, target, { halfLife: 100, start: 0 });
  const seen = 1e6;
  average.update(seen, 100);
  expect(get(target)).toBeCloseTo(2, 5);
  for (let i = 0; i < 10; i++) average.update(seen, 10);
  expect(get(target)).toBeCloseTo(3, 5);
  source.dispose();
  target.dispose();
});

test('copies until averaging begins, then with a half-life of a twentieth of what was seen since', () => {
  const [source, target] = [network(4), network(0)];
  const average = new WeightAverage(source, target, { halfLife: 1e9, start: 1000 });
  average.update(1000, 10);
  expect(get(target)).toBe(4);
  set(source, 8);
  average.update(1200, 10);
  expect(get(target)).toBeCloseTo(6, 5);
  source.dispose();
  target.dispose();
});

test('a half-life of 0 copies', () => {
  const [source, target] = [network(4), network(0)];
  new WeightAverage(source, target, { halfLife: 0, start: 0 }).update(1e6, 10);
  expect(get(target)).toBe(4);
  source.dispose();
  target.dispose();
});
