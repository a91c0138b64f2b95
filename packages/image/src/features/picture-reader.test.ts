import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import '../index.js';
import { pictureReader } from './picture-reader.js';

test('gives features of pictures, and shows a thing in other places while it is learnt', async () => {
  const reader = pictureReader({ size: 28, channels: 1 }, Random.fromSeed(1));
  const network = reader.network();
  // One white pixel in the middle of each.
  const pictures = tf.buffer<tf.Rank.R4>([40, 28, 28, 1], 'float32', new Float32Array(40 * 28 * 28).fill(-1));
  for (let i = 0; i < 40; i++) pictures.set(1, i, 14, 14, 0);
  const given = pictures.toTensor();
  const features = network.predict(given) as tf.Tensor;
  expect(features.shape).toEqual([40, 64]);
  const varied = reader.vary!(given, Random.fromSeed(2));
  const places = (await varied.array()) as number[][][][];
  const found = places.map((picture) => {
    const row = picture.findIndex((line) => line.some(([value]) => value === 1));
    return [row, picture[row]!.findIndex(([value]) => value === 1)] as const;
  });
  // A fourteenth of 28 pixels is 2, in either direction.
  for (const [row, column] of found) expect(Math.max(Math.abs(row - 14), Math.abs(column - 14))).toBeLessThanOrEqual(2);
  expect(new Set(found.map(String)).size).toBeGreaterThan(10);
  tf.dispose([given, features, varied]);
  network.dispose();
});
