import { describe, expect, it } from 'vitest';
import { dataCopying } from './data-copying.js';
import { formulaFeatures, real } from './formula-features.fixture.js';

describe('dataCopying', () => {
  const heldOut = formulaFeatures(40, 5, 71);

  it('equals SciPy', async () => {
    // heldout, fake = features(40, 5, 71), features(50, 5, 57)
    // f, h = cdist(fake, real).min(1), cdist(heldout, real).min(1)
    // u = scipy.stats.mannwhitneyu(f, h, method='asymptotic', use_continuity=False)
    // scipy.stats.norm.isf(u.pvalue / 2), u.statistic / (50 * 40), np.median(f), np.median(h)
    expect(await dataCopying(real, heldOut, formulaFeatures(50, 5, 57))).toEqual({
      name: 'dataCopying',
      value: expect.closeTo(0.12179969144117259, 10),
      furtherShare: expect.closeTo(0.5075, 12),
      medianDistance: expect.closeTo(0.1581721125634271, 10),
      heldOutMedianDistance: expect.closeTo(0.14573302819360223, 10),
      real: 60,
      heldOut: 40,
      fake: 50,
    });
  });

  it('sees a generator that repeats its training data', async () => {
    const { value, furtherShare, medianDistance } = await dataCopying(real, heldOut, real);
    expect(furtherShare).toBe(0);
    expect(medianDistance).toBe(0);
    expect(value).toBeLessThan(-3);
  });
});
