import { describe, expect, it } from 'vitest';
import { fake, formulaFeatures, matrix, real, rowsOf } from './formula-features.fixture.js';
import { kernelDistance } from './kernel-distance.js';

describe('kernelDistance', () => {
  it('equals NumPy', async () => {
    // k = lambda u, v: (u @ v.T / u.shape[1] + 1) ** 3
    // off = lambda q: q.sum() - np.trace(q)
    // x, y = real[:50], fake
    // off(k(x, x)) / (50 * 49) + off(k(y, y)) / (50 * 49) - 2 * k(x, y).mean()
    const result = await kernelDistance(rowsOf(real, 0, 50), fake, { subsets: 2, seed: 7 });
    expect(result).toEqual({
      name: 'kernelDistance',
      value: expect.closeTo(0.42473942901704564, 5),
      deviation: expect.closeTo(0, 6),
      real: 50,
      fake: 50,
      subsets: 2,
      subsetSize: 50,
      seed: 7,
    });
  });

  it('equals the closed form between two points', async () => {
    // k(1, 1) = 8, k(0, 0) = 1, k(0, 1) = 1
    expect((await kernelDistance(matrix([1, 1], [1, 1]), matrix([0, 0], [0, 0]), { subsets: 1 })).value).toBe(7);
  });

  it('is unbiased: over many small subsets of one distribution it averages to zero, some below', async () => {
    const samples = formulaFeatures(400, 5, 31);
    const { value, deviation } = await kernelDistance(rowsOf(samples, 0, 200), rowsOf(samples, 200, 400), {
      subsets: 60,
      subsetSize: 20,
    });
    expect(Math.abs(value)).toBeLessThan(0.5 * deviation);
  });

  it('repeats with the seed', async () => {
    const options = { subsets: 3, subsetSize: 10 };
    const first = await kernelDistance(real, fake, { ...options, seed: 1 });
    expect(await kernelDistance(real, fake, { ...options, seed: 1 })).toEqual(first);
    expect((await kernelDistance(real, fake, { ...options, seed: 2 })).value).not.toBe(first.value);
  });

  it('refuses a subset that is larger than a side', async () => {
    await expect(kernelDistance(real, fake, { subsetSize: 51 })).rejects.toThrow('from 2 to 50 (the smaller side), got 51');
  });
});
