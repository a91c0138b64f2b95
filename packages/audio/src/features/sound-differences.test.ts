import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { envelopeDistance, loudnessDistance, soundProfile } from './sound-differences.js';

/** White noise of some loudness, by a generator of Numerical Recipes' kind. */
function noise(count: number, factor: number, seed: number): tf.Tensor3D {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return factor * (state / 2 ** 31 - 1);
  };
  return tf.tensor3d(Float32Array.from({ length: count * 2048 }, next), [count, 2048, 1]);
}

it('tells how much louder one set is than another', async () => {
  const sets = [noise(100, 0.5, 1), noise(70, 0.5, 2), noise(100, 0.25, 3)];
  const [first, alike, softer] = await Promise.all(sets.map((sounds) => soundProfile(sounds, 8000)));
  // Uniform noise of ±0.5: 10 log10(0.25 / 3) dB.
  expect(first!.loudness.values[0]).toBeCloseTo(-10.79, 0);
  expect(loudnessDistance(first!, alike!)).toBeLessThan(0.1);
  // Half as loud: 20 log10(2) dB, in all and in each band.
  expect(loudnessDistance(first!, softer!)).toBeCloseTo(6.02, 1);
  expect(envelopeDistance(first!, softer!)).toBeCloseTo(6.02, 0);
  expect(envelopeDistance(first!, alike!)).toBeLessThan(0.5);
  tf.dispose(sets);
});

it('is the Wasserstein distance of the loudnesses', async () => {
  const levels = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 });
  const profile = (...values: number[]) => ({ loudness: levels(...values), envelope: levels(...values) });
  // scipy 1.17: scipy.stats.wasserstein_distance([0, 1, 3], [5, 6, 8, 2.5])
  expect(loudnessDistance(profile(0, 1, 3), profile(5, 6, 8, 2.5))).toBeCloseTo(4.041666667, 8);
  expect(envelopeDistance(profile(3, 0, 1), profile(3, 0, 1))).toBe(0);
});
