import { inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { mirroredPictures } from './mirrored-pictures.js';

test('mirrors half of the pictures, others in each pass, and the same again when asked again', async () => {
  const count = 60;
  // The left pixel is the picture's number, the right one 100 more.
  const values = Float32Array.from({ length: 2 * count }, (_, i) => (i >> 1) + 100 * (i % 2));
  const plain = inMemoryDataset({ values, sampleShape: [1, 2, 1], labels: new Uint8Array(count), fingerprint: 'numbers' });
  const dataset = mirroredPictures(plain);
  expect(dataset.fingerprint).not.toBe(plain.fingerprint);
  const all = Array.from({ length: count }, (_, i) => i);
  const mirroredIn = async (pass: number) => {
    const { samples, labels } = await dataset.batch(
      all,
      all.map(() => pass),
    );
    const pictures = [...(await samples.data())];
    tf.dispose([samples, labels!]);
    return all.filter((i) => {
      const pair = pictures.slice(2 * i, 2 * i + 2);
      expect([...pair].sort((a, b) => a - b)).toEqual([i, i + 100]);
      return pair[0] !== i;
    });
  };
  const first = await mirroredIn(0);
  // Within three deviations of half.
  expect(first.length).toBeGreaterThan(18);
  expect(first.length).toBeLessThan(42);
  expect(await mirroredIn(1)).not.toEqual(first);
  expect(await mirroredIn(0)).toEqual(first);
});
