import { describe, expect, it } from 'vitest';
import { fake, formulaFeatures, matrix, real, rowsOf } from './formula-features.fixture.js';
import { nearestNeighbours } from './nearest-neighbours.js';

describe('nearestNeighbours', () => {
  it('equals SciPy', async () => {
    // d = cdist(fake, real); d.min(1)[:5], d.argmin(1)[:5]
    const { indices, distances } = await nearestNeighbours(fake, real);
    expect([...indices.slice(0, 5)]).toEqual([34, 4, 6, 40, 40]);
    [0.19299336, 0.36811411, 0.24077167, 0.20137714, 0.12639886].forEach((distance, i) => {
      expect(distances[i]).toBeCloseTo(distance, 8);
    });
  });

  it('finds copies at distance exactly 0, across blocks', async () => {
    const references = formulaFeatures(2500, 3, 31, 1, 50);
    const { indices, distances } = await nearestNeighbours(rowsOf(references, 1990, 2010), references);
    expect([...indices]).toEqual(Array.from({ length: 20 }, (_, i) => 1990 + i));
    expect(Math.max(...distances)).toBe(0);
  });

  it('works with one reference', async () => {
    expect((await nearestNeighbours(matrix([0, 0]), matrix([3, 4]))).distances[0]).toBe(5);
  });
});
