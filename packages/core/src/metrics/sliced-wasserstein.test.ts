import { describe, expect, it } from 'vitest';
import { formulaFeatures, matrix, real } from './formula-features.fixture.js';
import { slicedWasserstein } from './sliced-wasserstein.js';

describe('slicedWasserstein', () => {
  it('equals SciPy along a line, with unequal counts', () => {
    // a, b = features(7, 1, 31)[:, 0], features(5, 1, 57)[:, 0]
    // scipy.stats.wasserstein_distance(a, b)
    // p, q = np.repeat(np.sort(a), 5), np.repeat(np.sort(b), 7); np.sqrt(np.mean((p - q) ** 2))
    const a = formulaFeatures(7, 1, 31);
    const b = formulaFeatures(5, 1, 57);
    expect(slicedWasserstein(a, b, { order: 1, projections: 3 }).value).toBeCloseTo(0.06739853531099659, 7);
    expect(slicedWasserstein(a, b, { order: 2, projections: 3 }).value).toBeCloseTo(0.10158843757135609, 7);
  });

  it('equals the closed form between two points: |v| / √columns for order 2', () => {
    const result = slicedWasserstein(matrix([0, 0, 0, 0]), matrix([3, 4, 0, 0]), { projections: 20_000 });
    expect(result.value).toBeCloseTo(5 / 2, 1);
    expect(result).toMatchObject({ name: 'slicedWasserstein', real: 1, fake: 1, projections: 20_000, order: 2, seed: 0 });
  });

  it('is zero for equal sets in another order', () => {
    const reversed = matrix(...Array.from({ length: 60 }, (_, i) => [...real.values.subarray((59 - i) * 5, (60 - i) * 5)]));
    expect(slicedWasserstein(real, reversed).value).toBe(0);
  });

  it('repeats with the seed', () => {
    const other = formulaFeatures(60, 5, 57);
    expect(slicedWasserstein(real, other, { seed: 'a' })).toEqual(slicedWasserstein(real, other, { seed: 'a' }));
    expect(slicedWasserstein(real, other, { seed: 'b' }).value).not.toBe(slicedWasserstein(real, other, { seed: 'a' }).value);
  });
});
