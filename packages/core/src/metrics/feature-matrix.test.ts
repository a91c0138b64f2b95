import { describe, expect, it } from 'vitest';
import { checkFeaturePair, checkFeatures } from './feature-matrix.js';
import { matrix } from './formula-features.fixture.js';

describe('checkFeatures', () => {
  it('names the caller and what came', () => {
    const values = new Float64Array(5);
    expect(() => checkFeatures('f', { values, rows: 2, columns: 3 })).toThrow(
      'f: expected rows × columns values, got 5 values for 2 rows of 3 columns',
    );
    expect(() => checkFeatures('f', matrix([1, 2]), 2)).toThrow('f: expected at least 2 samples, got 1');
    expect(() => checkFeatures('f', matrix([1, 2], [3, Number.NaN]))).toThrow('f: feature 1 of sample 1 is NaN');
    expect(() => checkFeaturePair('f', matrix([1, 2]), matrix([1]))).toThrow('real samples have 2 features and fake ones 1');
  });
});
