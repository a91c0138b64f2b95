import { inMemoryDataset } from '@polygan/core';
import { spokenDigitSamples } from '@polygan/datasets/node';
import { expect, it } from 'vitest';
import { clusterSounds } from './cluster-sounds.js';

it('finds words without being told any', async () => {
  const samples = await spokenDigitSamples({ split: 'test' });
  const { sizes, members } = await clusterSounds(inMemoryDataset(samples), { sampleRate: samples.sampleRate });
  // One and a half times the root of 320.
  expect(sizes).toHaveLength(27);
  const counts = sizes.map(() => Array<number>(10).fill(0));
  members.split(' ').forEach((cluster, clip) => {
    counts[Number(cluster)]![samples.labels[clip]!]!++;
  });
  // The share of clips that are of the digit that most of their cluster are of. By chance it is about 0.2.
  const purity = counts.reduce((sum, ofDigits) => sum + Math.max(...ofDigits), 0) / samples.labels.length;
  expect(purity).toBeGreaterThan(0.6);
});
