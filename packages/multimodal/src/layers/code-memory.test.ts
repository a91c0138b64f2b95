import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { CodeMemory } from './code-memory.js';

test('directions are pulled to the nearest place where codes are dense, and old codes are forgotten', () => {
  const memory = new CodeMemory({ size: 4, sharpness: 30, lookups: 2 });
  const found = tf.tidy(() => {
    memory.apply(tf.zeros([1, 2]));
    memory.remember(tf.tensor2d([[-1, 0], [-1, 0]])); // biome-ignore format: rows
    memory.remember(tf.tensor2d([[1, 0], [1, 0], [0, 1], [0, 1]])); // biome-ignore format: rows
    return (memory.apply(tf.tensor2d([[0.8, 0.6], [0.6, 0.8], [-1, 0.1]])) as tf.Tensor2D).arraySync(); // biome-ignore format: rows
  });
  expect(found[0]![0]).toBeGreaterThan(0.99);
  expect(found[1]![1]).toBeGreaterThan(0.99);
  expect(tf.tidy(() => memory.latest(3).arraySync())).toEqual([[1, 0], [1, 0], [0, 1]]); // biome-ignore format: rows
  expect(tf.tidy(() => memory.latest(100).shape)).toEqual([4, 2]);
  // What is left is at the top or to the right; the forgotten codes to the left pull no more.
  expect(found[2]![1]).toBeGreaterThan(0.99);
  memory.dispose();
});

test('where it is called to train it may be looked up less often, so that there is a gradient', () => {
  const memory = new CodeMemory({ size: 2, sharpness: 3, lookups: 6, lookupsInTraining: 1 });
  tf.tidy(() => {
    const direction = tf.tensor2d([[0.8, 0.6]]);
    memory.apply(direction);
    memory.remember(tf.tensor2d([[1, 0], [0, 1]])); // biome-ignore format: rows
    const once = new CodeMemory({ size: 2, sharpness: 3, lookups: 1 });
    once.apply(direction);
    once.setWeights(memory.getWeights());
    const expected = (once.apply(direction) as tf.Tensor2D).arraySync();
    expect((memory.apply(direction, { training: true }) as tf.Tensor2D).arraySync()).toEqual(expected);
    expect((memory.apply(direction) as tf.Tensor2D).arraySync()).not.toEqual(expected);
    once.dispose();
  });
  memory.dispose();
});

test('what is read between dense places is pulled to one of them, and what is like nothing known stays', () => {
  const memory = new CodeMemory({ size: 40, sharpness: 30, lookups: 6 });
  const [between, unlike] = tf.tidy(() => {
    const place = (direction: number[]) => Array.from({ length: 20 }, () => direction);
    memory.apply(tf.zeros([1, 3]));
    memory.remember(tf.tensor2d([...place([1, 0, 0]), ...place([0, 1, 0])]));
    return memory.recall(tf.tensor2d([[0.9, 0.43, 0], [0.3, 0.2, 0.93]])).arraySync() as [number[], number[]]; // biome-ignore format: rows
  });
  expect(between[0]).toBeGreaterThan(0.98);
  expect(unlike[2]).toBeGreaterThan(0.92);
  memory.dispose();
});
