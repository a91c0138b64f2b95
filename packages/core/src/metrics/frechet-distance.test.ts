import { describe, expect, it } from 'vitest';
import { featureMoments } from './feature-moments.js';
import { fake, formulaFeatures, matrix, real } from './formula-features.fixture.js';
import { frechetDistance } from './frechet-distance.js';

describe('frechetDistance', () => {
  it('equals the closed form of Gaussians with commuting covariances', () => {
    // (1 - 3)² + (2 - 0)² + (√4 - √9)² + (√1 - √16)²
    const a = { rows: 100, columns: 2, mean: Float64Array.of(1, 2), covariance: Float64Array.of(4, 0, 0, 1) };
    const b = { rows: 200, columns: 2, mean: Float64Array.of(3, 0), covariance: Float64Array.of(9, 0, 0, 16) };
    expect(frechetDistance(a, b)).toEqual({ name: 'frechetDistance', value: expect.closeTo(18, 12), real: 100, fake: 200 });
  });

  it('equals SciPy', () => {
    // ca, cb = np.cov(real, rowvar=False), np.cov(fake, rowvar=False)
    // np.sum((real.mean(0) - fake.mean(0)) ** 2) + np.trace(ca + cb - 2 * scipy.linalg.sqrtm(ca @ cb).real)
    const expected = 0.2825271116681169;
    expect(frechetDistance(real, fake).value).toBeCloseTo(expected, 12);
    expect(frechetDistance(fake, real).value).toBeCloseTo(expected, 12);
    expect(frechetDistance(featureMoments(real), fake).value).toBeCloseTo(expected, 12);
  });

  it('works with fewer samples than columns', () => {
    // real, fake = features(6, 12, 31), features(5, 12, 57, 1.2, 0.1)
    // a, b = (real - real.mean(0)) / np.sqrt(5), (fake - fake.mean(0)) / np.sqrt(4)   # covariances are a.T @ a and b.T @ b
    // np.sum((real.mean(0) - fake.mean(0)) ** 2) + (a ** 2).sum() + (b ** 2).sum() - 2 * np.linalg.svd(a @ b.T, compute_uv=False).sum()
    const value = frechetDistance(formulaFeatures(6, 12, 31), formulaFeatures(5, 12, 57, 1.2, 0.1)).value;
    expect(value).toBeCloseTo(1.601426111515137, 7);
  });

  it('is zero between equal sets, constant ones too', () => {
    expect(frechetDistance(real, real).value).toBeCloseTo(0, 12);
    expect(frechetDistance(matrix([1, 2], [1, 2]), matrix([1, 2], [1, 2])).value).toBe(0);
  });

  it('refuses features of two networks', () => {
    expect(() => frechetDistance(real, matrix([1, 2], [3, 4]))).toThrow('real samples have 5 features and fake ones 2');
  });
});
