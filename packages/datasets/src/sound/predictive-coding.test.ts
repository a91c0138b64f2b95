import { expect, it } from 'vitest';
import { decodePredictively, encodePredictively } from './predictive-coding.js';

/** What the format promises: half of a step, of which 88 make 1. */
const HALF_STEP = 0.5 / 88 + 1e-6;

it.each([
  ['a falling tone', (i: number) => 0.9 * Math.sin(0.3 * i - 2e-5 * i * i)],
  ['a tone that stops and starts', (i: number) => (i % 500 < 250 ? Math.sin(0.05 * i) : 0)],
  ['clicks from one end to the other', (i: number) => (i % 97 === 0 ? 1 : i % 89 === 0 ? -1 : 0)],
])('gives %s back, never more than half a step off', (_, wave) => {
  const clip = Float32Array.from({ length: 4000 }, (_, i) => wave(i));
  const decoded = decodePredictively(encodePredictively(clip));
  expect(decoded).toHaveLength(4000);
  expect(Math.max(...clip.map((value, i) => Math.abs(value - decoded[i]!)))).toBeLessThanOrEqual(HALF_STEP);
});

it('keeps silence silent, and tones in little', () => {
  expect(encodePredictively(new Float32Array(100)).every((rest) => rest === 0)).toBe(true);
  const tone = Float32Array.from({ length: 4000 }, (_, i) => 0.9 * Math.sin(0.3 * i));
  const rests = encodePredictively(tone).subarray(1000);
  expect(Math.max(...rests.map(Math.abs))).toBeLessThanOrEqual(2);
});
