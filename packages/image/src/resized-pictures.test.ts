import { inMemoryDataset } from '@polygan/core';
import { expect, it } from 'vitest';
import { type ResizedPicturesOptions, resizedPictures } from './resized-pictures.js';

const dataset = (values: number[], sampleShape: number[]) =>
  inMemoryDataset({ values: Float32Array.from(values), sampleShape, labels: Uint8Array.of(7), fingerprint: 'f' });

async function first(values: number[], sampleShape: number[], size: number, options?: ResizedPicturesOptions) {
  const { samples, labels } = await resizedPictures(dataset(values, sampleShape), size, options).batch([0]);
  const result = { shape: samples.shape, values: [...(await samples.data())], labels: [...(await labels!.data())] };
  samples.dispose();
  labels!.dispose();
  return result;
}

it('lays a frame around pictures that are slightly too small, and keeps their pixels and classes', async () => {
  const { shape, values, labels } = await first(new Array(16).fill(0.5), [4, 4, 1], 5);
  expect(shape).toEqual([1, 5, 5, 1]);
  expect(values.slice(0, 5)).toEqual([0.5, 0.5, 0.5, 0.5, -1]);
  expect(values.slice(20)).toEqual([-1, -1, -1, -1, -1]);
  expect(labels).toEqual([7]);
  expect((await first(new Array(16).fill(0.5), [4, 4, 1], 5, { background: 0.25 })).values[24]).toBe(0.25);
});

it('resamples otherwise', async () => {
  // Halving with half-pixel centres takes the mean of each 2x2 block.
  const { values } = await first([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1], [4, 4, 1], 2);
  expect(values).toEqual([0.5, 0, 0, 1]);
});

it('converts between grey and colour', async () => {
  expect((await first([0.5], [1, 1, 1], 1, { channels: 3 })).values).toEqual([0.5, 0.5, 0.5]);
  const { values } = await first([1, -1, -1], [1, 1, 3], 1, { channels: 1 });
  expect(values[0]).toBeCloseTo(2 * 0.299 - 1, 5);
});

it('lays pictures with opacity on the background, and takes opaque ones for such', async () => {
  // Half transparent red: its colour is multiplied by its opacity, from black, which is -1.
  const red = [0, -1, -1, 0];
  expect((await first(red, [1, 1, 4], 1, { channels: 3, background: 1 })).values).toEqual([1, 0, 0]);
  expect((await first(red, [1, 1, 4], 1, { channels: 3 })).values).toEqual([0, -1, -1]);
  expect((await first(red, [1, 1, 4], 1, { channels: 1 })).values[0]).toBeCloseTo(0.299 - 1, 5);
  expect((await first([0.5, 0, -1], [1, 1, 3], 1, { channels: 4 })).values).toEqual([0.5, 0, -1, 1]);
  expect((await first([0.5], [1, 1, 1], 1, { channels: 4 })).values).toEqual([0.5, 0.5, 0.5, 1]);
});

it('changes the fingerprint, and nothing when the size fits', async () => {
  expect(resizedPictures(dataset([1], [1, 1, 1]), 2).fingerprint).toBe('f-2x2');
  expect((await first([0.1, 0.2, 0.3, 0.4], [2, 2, 1], 2)).values).toEqual([...Float32Array.of(0.1, 0.2, 0.3, 0.4)]);
});

it('refuses what is no picture, and impossible options', async () => {
  await expect(resizedPictures(dataset([1, 2], [2]), 8).batch([0])).rejects.toThrow(
    /expected samples \[batch, height, width, channels\], got \[1,2\]/,
  );
  expect(() => resizedPictures(dataset([1], [1, 1, 1]), 0)).toThrow(/'size' must be a whole number from 1, got 0/);
  expect(() => resizedPictures(dataset([1], [1, 1, 1]), 8, { background: 255 })).toThrow(
    /'background' must be a number from -1 up to 1, got 255/,
  );
});
