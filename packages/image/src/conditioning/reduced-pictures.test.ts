import { inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { mirroredPictures } from '../mirrored-pictures.js';
import {
  PICTURE_REDUCTIONS,
  type PictureReduction,
  reducedChannels,
  reducedPictures,
  reducePictures,
} from './reduced-pictures.js';

async function reduced(pictures: tf.Tensor4D, reduction: PictureReduction): Promise<{ shape: number[]; values: number[] }> {
  const result = reducePictures(pictures, reduction);
  const values = [...(await result.data())];
  tf.dispose([pictures, result]);
  return { shape: result.shape, values };
}

test.each(PICTURE_REDUCTIONS)('%s leaves a picture as large as it was', async (reduction) => {
  for (const channels of [1, 3, 4] as const) {
    const pictures = tf.randomUniform<tf.Rank.R4>([2, 20, 20, channels], -1, 1, 'float32', 3);
    reducePictures(pictures, reduction).dispose();
    const { shape, values } = await reduced(pictures, reduction);
    expect(shape).toEqual([2, 20, 20, reducedChannels(reduction, channels)]);
    // Colours that are not multiplied by their opacity, as here, become anything.
    if (channels < 4) expect(values.every((value) => value >= -1.0001 && value <= 1.0001)).toBe(true);
  }
});

test('grey is brightness', async () => {
  // Red, and white.
  const { values } = await reduced(tf.tensor4d([1, -1, -1, 1, 1, 1], [1, 1, 2, 3]), 'grey');
  expect(values).toEqual([expect.closeTo(2 * 0.299 - 1, 5), expect.closeTo(1, 5)]);
});

test('small is the mean of 4×4 pixels', async () => {
  const ramp = tf.tensor4d(Float32Array.from({ length: 16 }, (_, i) => i), [1, 4, 4, 1]); // biome-ignore format: short
  expect((await reduced(ramp, 'small')).values).toEqual(Array.from({ length: 16 }, () => 7.5));
});

test('an outline is dark where brightness changes, and white elsewhere', async () => {
  const halves = tf.tensor4d([-1, -1, 1, 1, -1, -1, 1, 1], [1, 2, 4, 1]);
  expect((await reduced(halves, 'outline')).values).toEqual([1, 1, -1, 1, 1, 1, -1, 1]);
});

test('a gap takes the middle', async () => {
  const { values } = await reduced(tf.ones([1, 4, 4, 1]), 'gap');
  expect(values).toEqual([1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
});

test('pictures come with what is left of them, mirrored as they are', async () => {
  const values = Float32Array.from({ length: 8 * 16 }, (_, i) => (i % 4) / 4);
  const plain = inMemoryDataset({ values, sampleShape: [4, 4, 1], fingerprint: 'ramps' });
  const asked = [[0, 1, 2, 3, 4, 5, 6, 7], Array.from({ length: 8 }, () => 0)] as const;
  const before = tf.memory().numTensors;
  const batch = await mirroredPictures(reducedPictures(plain, 'gap')).batch(...asked);
  const again = reducePictures(batch.samples as tf.Tensor4D, 'gap');
  expect([...(await batch.conditions!.data())]).toEqual([...(await again.data())]);
  const turned = (await batch.samples.data())[0] !== values[0] || (await batch.samples.data())[16 * 3] !== values[0];
  expect(turned).toBe(true);
  tf.dispose([batch.samples, batch.conditions!, again]);
  expect(tf.memory().numTensors).toBe(before);
});
