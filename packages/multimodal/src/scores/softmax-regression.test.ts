import { expect, test } from 'vitest';
import { softmaxRegression } from './softmax-regression.js';

test('two classes on a line, against the solution of the conditions of the optimum', () => {
  // By symmetry there are no constants, and the slopes are ±w. Each of four rows pulls by 1 minus the probability of its class, σ(-2w).
  const values = Float64Array.from([1, 1, -1, -1]);
  const { weights, classify } = softmaxRegression({ values, columns: 1, labels: [0, 0, 1, 1] }, 2);
  // The penalty holds against it by w, so 4σ(-2w) = w; by bisection.
  let [low, high] = [0, 4];
  for (let i = 0; i < 60; i++) {
    const w = (low + high) / 2;
    if (4 / (1 + Math.exp(2 * w)) > w) low = w;
    else high = w;
  }
  [low, 0, -low, 0].forEach((value, i) => void expect(weights[i]).toBeCloseTo(value, 4));
  expect(classify(Float64Array.from([0.1, -0.1]))).toEqual([0, 1]);
});

test('three classes around a circle are told apart, which no single threshold does', () => {
  const angles = Array.from({ length: 90 }, (_, i) => (i % 3) * ((2 * Math.PI) / 3) + 0.3 * Math.sin(i));
  const values = Float64Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  const labels = angles.map((_, i) => i % 3);
  expect(softmaxRegression({ values, columns: 2, labels }, 3).classify(values)).toEqual(labels);
});
