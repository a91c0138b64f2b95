import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { chosenForms, jointCode } from './joint-code.js';

test('the code of a thing is the direction of the sum of those of its chosen forms', () => {
  const codes = tf.tidy(() => {
    const x = tf.tensor2d([[1, 0], [1, 0]]); // biome-ignore format: rows
    const y = tf.tensor2d([[0, 1], [0, 1]]); // biome-ignore format: rows
    return jointCode([x, y], [tf.tensor1d([1, 0]), tf.tensor1d([1, 1])]).arraySync();
  });
  const half = Math.SQRT1_2;
  [[half, half], [0, 1]].flat().forEach((value, i) => void expect(codes.flat()[i]).toBeCloseTo(value, 5)); // biome-ignore format: rows
});

test('forms that were drawn and are there are chosen, or all that are there', () => {
  const chosen = tf.tidy(() => {
    const present = [tf.tensor1d([1, 1, 0, 1]), tf.tensor1d([1, 1, 1, 1])];
    const drawn = [tf.tensor1d([1, 0, 1, 1]), tf.tensor1d([0, 0, 0, 1])];
    return chosenForms(present, drawn).map((each) => [...each.dataSync()]);
  });
  expect(chosen).toEqual([
    [1, 1, 0, 1],
    [0, 1, 1, 1],
  ]);
});
