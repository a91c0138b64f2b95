import { inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { jointDataset } from './joint-dataset.js';

const numbers = (count: number, fingerprint: string) =>
  inMemoryDataset({ values: Float32Array.from({ length: count }, (_, i) => i), sampleShape: [1], fingerprint });

test('rows bring the samples of their forms; where one is lacking, another stands in and is marked', async () => {
  const data = jointDataset({
    parts: { a: { dataset: numbers(3, 'a') }, b: { dataset: numbers(5, 'b'), indices: [4, -1, 2] } },
    labels: [7, 8, 9],
  });
  expect([data.size, data.fingerprint, data.paired]).toEqual([3, 'a:a+b:b', [0, 2]]);
  const { samples, present, labels } = await data.batch([0, 1, 2], [0, 0, 0]);
  expect([...samples.a!.dataSync()]).toEqual([0, 1, 2]);
  expect([...present.a!.dataSync()]).toEqual([1, 1, 1]);
  expect([...present.b!.dataSync()]).toEqual([1, 0, 1]);
  expect([...labels!.dataSync()]).toEqual([7, 8, 9]);
  const b = samples.b!.dataSync();
  expect([b[0], b[2]]).toEqual([4, 2]);
  tf.dispose([samples, present, labels!] as tf.TensorContainer);

  // Over the passes all kinds of samples stand in.
  const passes = await data.batch(Array(40).fill(1), [...Array(40).keys()]);
  expect(new Set(passes.samples.b!.dataSync()).size).toBe(5);
  tf.dispose(passes as unknown as tf.TensorContainer);
});

test('of things that all have two forms, none are pairs before others', () => {
  expect(jointDataset({ parts: { a: { dataset: numbers(3, 'a') }, b: { dataset: numbers(3, 'b') } } })).not.toHaveProperty(
    'paired',
  );
});

test.each([
  [{}, 'no parts'],
  [{ a: { dataset: numbers(3, 'a') }, b: { dataset: numbers(2, 'b') } }, "'a' has 3 rows and 'b' 2"],
  [{ a: { dataset: numbers(3, 'a'), indices: [0, 3] } }, "row 1 of 'a' is sample 3, but there are 3"],
  [{ a: { dataset: numbers(3, 'a'), indices: [0, -1] } }, 'row 1 has no form'],
])('refuses parts that do not fit: %#', (parts, message) => {
  expect(() => jointDataset({ parts })).toThrow(message);
});
