import type { FeatureMatrix } from '@polygan/core';

/** How often a classifier's likelihoods name sample i as class i mod classes, as conditional models draw them: 0 to 1. */
export function shareOfTurns({ values, rows, columns }: FeatureMatrix): number {
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const likelihoods = values.subarray(row * columns, (row + 1) * columns);
    if (likelihoods.indexOf(Math.max(...likelihoods)) === row % columns) right++;
  }
  return right / rows;
}
