import { expect, it } from 'vitest';
import { drumSoundSamples, drumSounds } from './drum-sounds.js';

const LENGTH = 16_384;
const { values, labels, classNames, sampleRate } = drumSoundSamples({ count: 60 });
const hits = (name: string) =>
  Array.from(labels, (label, i) => ({ label, sound: values.subarray(i * LENGTH, (i + 1) * LENGTH) })).filter(
    ({ label }) => classNames![label] === name,
  );
/** Seconds until a hit stays below a twentieth of its peak. */
const duration = (sound: Float32Array) => {
  const peak = sound.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  return sound.findLastIndex((value) => Math.abs(value) > peak / 20) / sampleRate;
};
/** Half of the changes of sign a second: the pitch of a tone in Hz. */
const pitch = (sound: Float32Array) => {
  const end = Math.floor(duration(sound) * sampleRate);
  let changes = 0;
  for (let i = 1; i < end; i++) if (sound[i]! >= 0 !== sound[i - 1]! >= 0) changes++;
  return changes / 2 / (end / sampleRate);
};

it('makes as many hits of each drum, none clipped, in batches for training', async () => {
  expect(classNames).toEqual(['kick', 'snare', 'closed hat', 'open hat', 'tom', 'clap']);
  for (const name of classNames!) expect(hits(name)).toHaveLength(10);
  const peak = values.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
  expect(peak).toBeGreaterThan(0.8);
  expect(peak).toBeLessThanOrEqual(0.95);
  const dataset = drumSounds({ count: 7, length: 1000 });
  const batch = await dataset.batch([6, 1]);
  expect(batch.samples.shape).toEqual([2, 1000, 1]);
  expect([...(await batch.labels!.data())]).toEqual([0, 1]);
  batch.samples.dispose();
  batch.labels!.dispose();
});

it('gives each drum its own sound', () => {
  const range = (name: string, measure: (sound: Float32Array) => number) => {
    const figures = hits(name).map(({ sound }) => measure(sound));
    return [Math.min(...figures), Math.max(...figures)] as const;
  };
  // Kicks below 110 Hz, toms up to 300 Hz, noise above; hats are the brightest.
  expect(range('kick', pitch)[1]).toBeLessThan(110);
  expect(range('tom', pitch)[1]).toBeLessThan(300);
  expect(range('snare', pitch)[0]).toBeGreaterThan(600);
  expect(range('closed hat', pitch)[0]).toBeGreaterThan(4000);
  expect(range('closed hat', duration)[1]).toBeLessThan(range('open hat', duration)[0]);
});

it('is the same for the same seed only, no two hits alike, and more hits leave the first as they are', () => {
  const few = drumSoundSamples({ count: 12, length: 2000, seed: 5 }).values;
  expect(drumSoundSamples({ count: 18, length: 2000, seed: 5 }).values.subarray(0, few.length)).toEqual(few);
  expect(drumSoundSamples({ count: 12, length: 2000, seed: 6 }).values).not.toEqual(few);
  expect(new Set(Array.from({ length: 12 }, (_, i) => few.subarray(i * 2000, (i + 1) * 2000).join())).size).toBe(12);
});

it.each([8000, 44_100])('keeps its pitches at %i Hz', (rate) => {
  const kick = drumSoundSamples({ count: 1, sampleRate: rate, length: rate }).values;
  let changes = 0;
  for (let i = Math.round(0.1 * rate); i < 0.3 * rate; i++) if (kick[i]! >= 0 !== kick[i - 1]! >= 0) changes++;
  expect(changes / 2 / 0.2).toBeGreaterThan(40);
  expect(changes / 2 / 0.2).toBeLessThan(110);
});

it('refuses what is out of range', () => {
  expect(() => drumSounds({ sampleRate: 4000 })).toThrow(/'sampleRate' must be a whole number from 8000/);
});
