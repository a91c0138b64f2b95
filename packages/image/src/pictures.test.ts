import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { decodePictures, type Picture, pictureModality } from './pictures.js';

const picture = (...data: number[]): Picture => ({ width: 2, height: 2, channels: 1, data: Uint8Array.from(data) });

it('maps bytes to -1…1 and back without loss', async () => {
  const modality = pictureModality({ size: 16, channels: 1 });
  const all = { width: 16, height: 16, channels: 1, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
  const tensor = modality.encode([all, all]);
  expect(tensor.shape).toEqual([2, ...modality.sampleShape]);
  const values = await tensor.data();
  expect(values[0]).toBe(-1);
  expect(values[255]).toBe(1);
  const decoded = await modality.decode(tensor);
  expect(decoded).toHaveLength(2);
  expect([...decoded[1]!.data]).toEqual([...all.data]);
  tensor.dispose();
});

it('multiplies colours by their opacity and divides them by it again; what cannot be seen is always the same', async () => {
  const modality = pictureModality({ size: 2, channels: 4 });
  const data = Uint8Array.of(10, 200, 255, 255, 100, 0, 250, 51, 9, 99, 199, 0, 0, 0, 0, 255);
  const tensor = modality.encode([{ width: 2, height: 2, channels: 4, data }]);
  const values = await tensor.data();
  // A fifth of 100, 0 and 250.
  for (const [i, byte] of [20, 0, 50, 51, 0, 0, 0, 0].entries()) expect(values[4 + i]).toBeCloseTo(byte / 127.5 - 1, 5);
  const [decoded] = await modality.decode(tensor);
  expect([...decoded!.data]).toEqual([10, 200, 255, 255, 100, 0, 250, 51, 0, 0, 0, 0, 0, 0, 0, 255]);
  tensor.dispose();
});

it('clips what lies outside the range', async () => {
  const tensor = tf.tensor4d([-3, 2, 0, 0.5], [1, 2, 2, 1]);
  const [decoded] = await decodePictures(tensor);
  expect([...decoded!.data]).toEqual([0, 255, 128, 191]);
  tensor.dispose();
});

it('refuses a picture of another size, naming it', () => {
  const modality = pictureModality({ size: 3, channels: 1 });
  expect(() => modality.encode([picture(1, 2, 3, 4)])).toThrow('picture 0 is 2x2x1 (4 bytes), expected 3x3x1');
});

it('refuses impossible shapes', async () => {
  expect(() => pictureModality({ size: 0, channels: 1 })).toThrow(/'size' must be a whole number from 1, got 0/);
  expect(() => pictureModality({ size: 8, channels: 2 as 1 })).toThrow(/'channels' must be one of 1, 3, 4, got 2/);
  const flat = tf.zeros([4]);
  await expect(decodePictures(flat)).rejects.toThrow(/expected a tensor \[batch, height, width, channels\], got \[4\]/);
  flat.dispose();
});
