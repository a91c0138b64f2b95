import { describe, expect, it } from 'vitest';
import { formulaFeatures, matrix } from './formula-features.fixture.js';
import { inceptionScore } from './inception-score.js';

describe('inceptionScore', () => {
  it('is the number of classes where answers are sure and even, 1 where they are all the same', () => {
    const sure = matrix([1, 0, 0], [0, 1, 0], [0, 0, 1]);
    expect(inceptionScore(sure, { splits: 1 })).toEqual({
      name: 'inceptionScore',
      value: expect.closeTo(3, 12),
      deviation: 0,
      fake: 3,
      splits: 1,
    });
    expect(inceptionScore(matrix([0.2, 0.8], [0.2, 0.8]), { splits: 1 }).value).toBeCloseTo(1, 12);
  });

  it('equals SciPy', () => {
    // p = features(40, 4, 31) + 0.01; p = p ** 3; p /= p.sum(1, keepdims=True)
    // scores = [np.exp(np.mean([scipy.stats.entropy(row, q.mean(0)) for row in q])) for q in np.split(p, 4)]
    // np.mean(scores), np.std(scores)
    const p = formulaFeatures(40, 4, 31);
    const values = p.values.map((value) => (value + 0.01) ** 3);
    for (let row = 0; row < 40; row++) {
      const sum = values[row * 4]! + values[row * 4 + 1]! + values[row * 4 + 2]! + values[row * 4 + 3]!;
      for (let j = 0; j < 4; j++) values[row * 4 + j]! /= sum;
    }
    const { value, deviation } = inceptionScore({ ...p, values }, { splits: 4 });
    expect(value).toBeCloseTo(1.4718671451234275, 12);
    expect(deviation).toBeCloseTo(0.2011003677869323, 12);
  });

  it('refuses logits', () => {
    expect(() => inceptionScore(matrix([2, 3]), { splits: 1 })).toThrow(
      'row 0 is not a probability distribution (it adds up to 5)',
    );
    expect(() => inceptionScore(matrix([-1, 2]), { splits: 1 })).toThrow('apply a softmax');
  });
});
