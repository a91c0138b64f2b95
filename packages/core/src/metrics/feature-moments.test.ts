import { describe, expect, it } from 'vitest';
import { featureMoments, momentsAccumulator } from './feature-moments.js';
import { formulaFeatures, matrix, real, rowsOf } from './formula-features.fixture.js';

describe('featureMoments', () => {
  // real.mean(0); np.cov(real, rowvar=False)[1]
  const mean = [0.43445422, 0.5427584, 0.52392492, 0.4612871, 0.50484494];
  const secondRow = [-0.01074547, 0.08754463, 0.00876049, -0.00822259, -0.00020503];

  it('equals NumPy', () => {
    const moments = featureMoments(real);
    mean.forEach((value, i) => {
      expect(moments.mean[i]).toBeCloseTo(value, 8);
      expect(moments.covariance[5 + i]).toBeCloseTo(secondRow[i]!, 8);
      expect(moments.covariance[i * 5 + 1]).toBe(moments.covariance[5 + i]);
    });
  });

  it('is the same in parts of any size, above the block size too', () => {
    const many = formulaFeatures(1300, 3, 31);
    const whole = featureMoments(many);
    const accumulator = momentsAccumulator();
    for (const [start, end] of [
      [0, 1],
      [1, 700],
      [700, 1300],
    ] as const)
      accumulator.add(rowsOf(many, start, end));
    const parts = accumulator.moments();
    expect(parts.rows).toBe(1300);
    whole.covariance.forEach((value, i) => {
      expect(parts.covariance[i]).toBeCloseTo(value, 13);
    });
  });

  it('loses no digits far from zero', () => {
    // var([1e8, 1e8 + 1, 1e8 + 2]) = 1 exactly; the textbook formula E x² - (E x)² gives 0 here.
    expect(featureMoments(matrix([1e8], [1e8 + 1], [1e8 + 2])).covariance[0]).toBe(1);
  });

  it('refuses one sample, and parts from another network', () => {
    expect(() => featureMoments(matrix([1, 2]))).toThrow('at least 2 samples, got 1');
    const accumulator = momentsAccumulator();
    accumulator.add(matrix([1, 2]));
    expect(() => accumulator.add(matrix([1]))).toThrow('expected 2 columns as in the first part, got 1');
  });
});
