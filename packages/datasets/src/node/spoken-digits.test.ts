import { existsSync } from 'node:fs';
import type { Batch, Dataset } from '@polygan/core';
import { expect, it } from 'vitest';
import { packageFile } from './package-file.js';
import { spokenDigitSamples, spokenDigits } from './spoken-digits.js';

it('holds as many of each digit in each split, and one voice in the test split alone', async () => {
  expect(existsSync(packageFile('data', 'spoken-digits', 'LICENSE'))).toBe(true);
  for (const [split, each, voices] of [
    ['train', 108, ['awb', 'kal', 'slt']],
    ['test', 32, ['awb', 'kal', 'rms', 'slt']],
  ] as const) {
    const samples = await spokenDigitSamples({ split });
    expect(samples.values).toHaveLength(10 * each * 8192);
    for (let digit = 0; digit < 10; digit++) expect(samples.labels.filter((label) => label === digit)).toHaveLength(each);
    expect([...new Set(samples.voices)].sort()).toEqual(voices);
  }
});

it('shares no clip between the splits', async () => {
  const clips = async (split: 'train' | 'test') => {
    const { values, labels } = await spokenDigitSamples({ split, length: 2000 });
    return Array.from(labels, (_, i) => values.subarray(i * 2000, (i + 1) * 2000).join());
  };
  const all = [...(await clips('train')), ...(await clips('test'))];
  expect(new Set(all).size).toBe(1400);
});

it('holds words of 0.15 to 0.75 s without clipping, silence after them', async () => {
  const { values, labels, sampleRate } = await spokenDigitSamples();
  for (let i = 0; i < labels.length; i++) {
    const clip = values.subarray(i * 8192, (i + 1) * 8192);
    const end = clip.findLastIndex((value) => value !== 0) / sampleRate;
    const peak = clip.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
    if (!(end > 0.15 && end < 0.75 && peak > 0.38 && peak <= 0.96)) expect({ i, end, peak }).toBe('a word');
  }
});

it('holds what the words say: "six" ends in a hiss, "one" does not', async () => {
  const { values, labels, voices } = await spokenDigitSamples();
  /** How much of the power of the last third of a word is high: that of the differences beside that of the samples. */
  const endOf = (voice: string, digit: number) => {
    let [differences, power] = [0, 0];
    labels.forEach((label, i) => {
      if (label !== digit || voices[i] !== voice) return;
      const clip = values.subarray(i * 8192, (i + 1) * 8192);
      const end = clip.findLastIndex((value) => value !== 0);
      for (let k = Math.round((2 / 3) * end); k < end; k++) {
        differences += (clip[k + 1]! - clip[k]!) ** 2;
        power += clip[k]! ** 2;
      }
    });
    return differences / power;
  };
  for (const voice of ['awb', 'kal', 'slt']) expect(endOf(voice, 6)).toBeGreaterThan(4 * endOf(voice, 1));
});

it('varies clips from pass to pass, the same way for the same seed', async () => {
  const values = async (dataset: Dataset<Batch>, epoch: number) => {
    const { samples, labels } = await dataset.batch([3, 7], [epoch, epoch]);
    const result = [...(await samples.data())];
    expect(samples.shape).toEqual([2, 4096, 1]);
    expect([...(await labels!.data())]).toEqual([3, 7]);
    samples.dispose();
    labels!.dispose();
    return result;
  };
  const varied = await spokenDigits({ length: 4096, vary: true });
  const first = await values(varied, 0);
  expect(Math.max(...first)).toBeLessThanOrEqual(0.95);
  expect(await values(varied, 1)).not.toEqual(first);
  expect(await values(await spokenDigits({ length: 4096, vary: true }), 0)).toEqual(first);
  expect(await values(await spokenDigits({ length: 4096, vary: true, seed: 2 }), 0)).not.toEqual(first);
  const plain = await spokenDigits({ length: 4096 });
  expect(await values(plain, 1)).toEqual(await values(plain, 0));
  expect(new Set([plain, varied].map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

it('cuts what is longer than asked for', async () => {
  const { values, sampleShape } = await spokenDigitSamples({ split: 'test', length: 1000 });
  expect(sampleShape).toEqual([1000, 1]);
  const longer = await spokenDigitSamples({ split: 'test', length: 3000 });
  expect(values.subarray(5000, 6000)).toEqual(longer.values.subarray(15_000, 16_000));
});
