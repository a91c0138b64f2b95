import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { differencesAmongLike } from './differences-among-like.js';

test('rows differ as much as they do from those with codes like theirs', () => {
  const differences = tf.tidy(() => {
    const codes = tf.tensor2d([[1, 0], [1, 0], [0, 1], [0, 1]]); // biome-ignore format: rows
    const traits = tf.tensor2d([[5, 1], [5, 4], [0, 0], [2, 0]]); // biome-ignore format: rows
    return differencesAmongLike(traits, codes).arraySync();
  });
  const expected = [[0, 3], [0, 3], [2, 0], [2, 0]]; // biome-ignore format: rows
  expected.flat().forEach((value, i) => void expect(differences.flat()[i]).toBeCloseTo(value, 2));
});

test('gradients push those apart that have the same code', () => {
  const pushed = tf.tidy(() => {
    const codes = tf.tensor2d([[1, 0], [1, 0]]); // biome-ignore format: rows
    return [
      ...tf
        .grad((traits) => tf.sum(differencesAmongLike(traits, codes)))(tf.tensor2d([[0], [1]]))
        .dataSync(),
    ];
  });
  expect(pushed).toEqual([-2, 2]);
});
