import { inMemoryDataset } from '@polygan/core';
import { drumSoundSamples, fakePictureSamples } from '@polygan/datasets';
import { digitSamples, firstNames } from '@polygan/datasets/node';
import { textDataset } from '@polygan/text/node';
import { expect, test } from 'vitest';
import { shareOfTwins } from './share-of-twins.js';

test('different samples are no twins', async () => {
  expect(await shareOfTwins(inMemoryDataset(fakePictureSamples({ count: 200 })))).toBe(0);
  expect(await shareOfTwins(inMemoryDataset(drumSoundSamples({ count: 60, length: 4096, sampleRate: 8000 })))).toBe(0);
  expect(await shareOfTwins(inMemoryDataset(await digitSamples()))).toBeLessThan(0.02);
});

test('finds pictures that are there twice, a little changed, and estimates how many from some', async () => {
  const { values, labels: _, ...rest } = fakePictureSamples({ count: 100, size: 32 });
  const noisy = Uint8Array.from(values as Uint8Array, (value, i) => Math.max(0, value - (i % 3)));
  const twice = { ...rest, values: Uint8Array.from([...(values as Uint8Array), ...noisy.subarray(0, noisy.length / 2)]) };
  expect(await shareOfTwins(inMemoryDataset(twice))).toBeCloseTo(100 / 150, 5);

  const many = fakePictureSamples({ count: 700, size: 16 });
  const doubled = Uint8Array.from([...(many.values as Uint8Array), ...(many.values as Uint8Array)]);
  expect(
    await shareOfTwins(inMemoryDataset({ sampleShape: many.sampleShape, fingerprint: '', values: doubled })),
  ).toBeGreaterThan(0.8);
});

test('finds sounds of another loudness in part, and texts that are said again', async () => {
  const { values, sampleShape } = drumSoundSamples({ count: 12, length: 4096, sampleRate: 8000 });
  const quieter = values.subarray(0, 4 * 4096).map((value) => 0.99 * value);
  const sounds = { sampleShape, fingerprint: '', values: Float32Array.from([...values, ...quieter]) };
  expect(await shareOfTwins(inMemoryDataset(sounds))).toBeCloseTo(0.5, 5);

  const { texts } = await firstNames();
  const said = [...texts.slice(0, 20), ...texts.slice(0, 10)].map((text) => ({ text }));
  expect(await shareOfTwins(await textDataset(said))).toBeCloseTo(20 / 30, 5);
});
