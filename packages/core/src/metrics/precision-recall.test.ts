import { describe, expect, it } from 'vitest';
import { fake, matrix, real } from './formula-features.fixture.js';
import { precisionRecall } from './precision-recall.js';

describe('precisionRecall', () => {
  it('equals SciPy', async () => {
    // rr, ff, rf = cdist(real, real), cdist(fake, fake), cdist(real, fake); k = 3
    // (rf <= np.sort(rr, 1)[:, k][:, None]).any(0).mean(), (rf <= np.sort(ff, 1)[:, k][None]).any(1).mean()
    expect(await precisionRecall(real, fake)).toEqual({
      name: 'precisionRecall',
      precision: expect.closeTo(0.7, 12),
      recall: expect.closeTo(0.9833333333333333, 12),
      real: 60,
      fake: 50,
      neighbours: 3,
    });
  });

  it('tells quality from variety', async () => {
    const everywhere = matrix([0], [1], [2], [3], [10], [11], [12], [13]);
    const oneMode = matrix([0.1], [0.9], [1.9], [2.9]);
    expect(await precisionRecall(everywhere, oneMode, { neighbours: 1 })).toMatchObject({ precision: 1, recall: 0.5 });
    expect(await precisionRecall(oneMode, everywhere, { neighbours: 1 })).toMatchObject({ precision: 0.5, recall: 1 });
  });

  it('counts copies of repeated samples, whose balls have no size, as among them', async () => {
    const repeated = matrix([3, 4], [3, 4], [3, 4], [100, 7], [100, 7], [100, 7]);
    expect(await precisionRecall(repeated, repeated, { neighbours: 2 })).toMatchObject({ precision: 1, recall: 1 });
  });

  it('refuses fewer samples than neighbours', async () => {
    await expect(precisionRecall(real, matrix([1, 2, 3, 4, 5]))).rejects.toThrow(
      'precisionRecall: expected at least 4 samples, got 1',
    );
  });
});
