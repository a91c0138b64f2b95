import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Random } from './random.js';

const draws = (random: Random, count = 5) => Array.from({ length: count }, () => random.uniform());

test('the same seed gives the same numbers, another seed others', () => {
  expect(draws(Random.fromSeed(1))).toEqual(draws(Random.fromSeed(1)));
  expect(draws(Random.fromSeed(1))).not.toEqual(draws(Random.fromSeed(2)));
  expect(draws(Random.fromSeed('1'))).toEqual(draws(Random.fromSeed(1)));
});

test('splits are the same whatever has been drawn, and independent of each other', () => {
  const fresh = Random.fromSeed(0);
  const used = Random.fromSeed(0);
  draws(used, 100);
  expect(draws(used.split('data'))).toEqual(draws(fresh.split('data')));
  expect(draws(fresh.split('data'))).not.toEqual(draws(fresh.split('method')));
  expect(draws(fresh.split('data').split(1))).not.toEqual(draws(fresh.split('data').split(2)));
});

test('a stored state goes on where it stood, through JSON too', () => {
  const random = Random.fromSeed(0).split('x');
  draws(random, 33);
  const restored = Random.fromState(JSON.parse(JSON.stringify(random.state())));
  expect(draws(restored)).toEqual(draws(random));
  expect(draws(restored.split('y'))).toEqual(draws(random.split('y')));
});

test('uniform and normal draws have the moments they should', () => {
  const moments = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
  };
  const uniform = moments(Random.fromSeed(3).fillUniform(new Float32Array(100_000), -1, 1));
  expect(uniform.mean).toBeCloseTo(0, 1);
  expect(uniform.variance).toBeCloseTo(1 / 3, 2);
  const normal = moments(Random.fromSeed(3).fillNormal(new Float32Array(100_001), 2, 3));
  expect(Math.abs(normal.mean - 2)).toBeLessThan(0.04);
  expect(Math.abs(normal.variance - 9)).toBeLessThan(0.15);
});

test('numbers of nearby seeds are not alike', () => {
  const first = Float32Array.from({ length: 10_000 }, (_, seed) => Random.fromSeed(seed).uniform());
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  let covariance = 0;
  for (let i = 1; i < first.length; i++) covariance += (first[i]! - mean) * (first[i - 1]! - mean);
  expect(mean).toBeCloseTo(0.5, 1);
  expect(Math.abs(covariance / first.length / (1 / 12))).toBeLessThan(0.04);
});

test('a permutation holds every number once', () => {
  const order = Random.fromSeed(5).permutation(1000);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order]).not.toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

test('tensors have the shape asked for', () => {
  const random = Random.fromSeed(0);
  const tensors = [random.uniformTensor([2, 3], 5, 6), random.normalTensor([3])];
  expect(tensors.map(({ shape }) => shape)).toEqual([[2, 3], [3]]);
  expect(Math.min(...tensors[0]!.dataSync())).toBeGreaterThanOrEqual(5);
  tf.dispose(tensors);
});
