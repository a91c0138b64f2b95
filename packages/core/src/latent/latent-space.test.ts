import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { Random } from '../random/random.js';
import {
  type LatentSpace,
  latentSpace,
  normalLatent,
  sphereLatent,
  truncatedNormalLatent,
  uniformLatent,
} from './latent-space.js';

const COUNT = 4000;
const DIMENSIONS = 5;

/** Standard deviation of one number, from the closed forms: 1/√3 of U(-1,1); √(1 - 2·2φ(2)/(2Φ(2)-1)) of the normal cut at ±2. */
const spaces = [
  { name: 'normal', space: normalLatent(DIMENSIONS), deviation: 1, bound: Infinity },
  { name: 'uniform', space: uniformLatent(DIMENSIONS), deviation: 1 / Math.sqrt(3), bound: 1 },
  { name: 'sphere', space: sphereLatent(DIMENSIONS), deviation: 1, bound: Math.sqrt(DIMENSIONS) },
  { name: 'truncatedNormal', space: truncatedNormalLatent(DIMENSIONS), deviation: 0.8796, bound: 2 },
];

function draw(space: LatentSpace, seed: number, truncation = 1): Float32Array {
  const points = space.sample(COUNT, Random.fromSeed(seed), { truncation });
  expect([points.shape, points.dtype]).toEqual([[COUNT, DIMENSIONS], 'float32']);
  const values = points.dataSync() as Float32Array;
  points.dispose();
  return values;
}

describe.each(spaces)('$name', ({ name, space, deviation, bound }) => {
  test('has the moments of its distribution', () => {
    const values = draw(space, 1);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + v * v, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.sqrt(variance)).toBeCloseTo(deviation, 1.7);
    expect(values.every((v) => Math.abs(v) <= bound * (1 + 1e-6))).toBe(true);
  });

  test('is drawn by the seed alone', () => {
    expect(draw(space, 2)).toEqual(draw(space, 2));
    expect(draw(space, 2)).not.toEqual(draw(space, 3));
  });

  test('is rebuilt from its description', () => {
    const description = JSON.parse(JSON.stringify(space.describe()));
    expect(description.distribution).toBe(name);
    expect(draw(latentSpace(description), 4)).toEqual(draw(space, 4));
  });
});

test('truncation scales towards the middle, which a sphere does not have', () => {
  const whole = draw(normalLatent(DIMENSIONS), 5);
  expect(draw(normalLatent(DIMENSIONS), 5, 0.5)).toEqual(whole.map((v) => v * 0.5));
  expect(() => sphereLatent(2).sample(1, Random.fromSeed(1), { truncation: 0.5 })).toThrow('no middle');
  expect(() => normalLatent(2).sample(1, Random.fromSeed(1), { truncation: 2 })).toThrow('from 0 to 1, got 2');
});

test('points on the sphere have the length √dimensions', () => {
  const lengths = tf.tidy(() => tf.norm(sphereLatent(64).sample(10, Random.fromSeed(1)), 2, 1).dataSync());
  for (const length of lengths) expect(length).toBeCloseTo(8, 4);
});

test('classes are equally likely, and only where there are any', () => {
  const labels = normalLatent(2, { classes: 3 }).sampleLabels(3000, Random.fromSeed(1));
  expect([labels.shape, labels.dtype]).toEqual([[3000], 'int32']);
  const values = [...labels.dataSync()];
  labels.dispose();
  for (const label of [0, 1, 2]) expect(Math.abs(values.filter((v) => v === label).length - 1000)).toBeLessThan(100);
  expect(() => normalLatent(2).sampleLabels(1, Random.fromSeed(1))).toThrow('has no classes');
});

test('refuses a description that is none', () => {
  expect(() => normalLatent(0)).toThrow("latentSpace: 'dimensions' must be a whole number from 1, got 0");
  expect(() => latentSpace({ distribution: 'uniform', dimensions: 2, bound: 3 })).toThrow("'bound' must be left out");
  expect(() => latentSpace({ distribution: 'gaussian' as 'normal', dimensions: 2 })).toThrow("'distribution' must be one of");
});
