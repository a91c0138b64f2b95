import { describe, expect, it } from 'vitest';
import { densityCoverage } from './density-coverage.js';
import { fake, matrix, real } from './formula-features.fixture.js';

describe('densityCoverage', () => {
  it('equals SciPy', async () => {
    // inside = cdist(real, fake) <= np.sort(cdist(real, real), 1)[:, 5][:, None]
    // inside.sum() / (5 * len(fake)), inside.any(1).mean()
    expect(await densityCoverage(real, fake)).toEqual({
      name: 'densityCoverage',
      density: expect.closeTo(0.608, 12),
      coverage: expect.closeTo(0.9666666666666667, 12),
      real: 60,
      fake: 50,
      neighbours: 5,
    });
  });

  it('does not let one outlier cover the generated samples', async () => {
    const line = matrix([0], [1], [2], [3], [4], [1000]);
    // Only the ball of 1000 (radius 996) reaches 500.
    expect(await densityCoverage(line, matrix([500], [500]), { neighbours: 1 })).toMatchObject({ density: 1, coverage: 1 / 6 });
  });
});
