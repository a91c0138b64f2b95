import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FeatureMatrix } from '../metrics/feature-matrix.js';
import { featureMoments } from '../metrics/feature-moments.js';

/** How {@link principalComponents} sees features. */
export interface ComponentOptions {
  /** How many directions to keep, at most as many as there are columns. */
  readonly dimensions: number;
  /** How far the directions are brought to one variance: 0 leaves them as they are, 1 makes all variances 1, ½ lies between. */
  readonly whitening: number;
}

/**
 * The directions in which features differ most (principal component analysis, by the eigenvectors of the covariance).
 *
 * @returns a function that shows features of as many columns along them, `[rows, dimensions]`
 * @throws if there are fewer than 2 rows, or a feature is not finite
 */
export function principalComponents(
  features: FeatureMatrix,
  { dimensions, whitening }: ComponentOptions,
): (features: FeatureMatrix) => FeatureMatrix {
  const { columns, mean, covariance } = featureMoments(features);
  const symmetric = new Matrix(Array.from({ length: columns }, (_, i) => covariance.subarray(i * columns, (i + 1) * columns)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const [greatest = 0] = realEigenvalues.toSorted((a, b) => b - a);
  const kept = realEigenvalues
    .map((variance, column) => ({ variance, axis: eigenvectorMatrix.getColumn(column) }))
    .sort((a, b) => b.variance - a.variance)
    .slice(0, dimensions)
    // What is left of directions in which nothing differs is rounding.
    .map(({ variance, axis }) => ({ axis, scale: variance > 1e-9 * greatest ? variance ** (-whitening / 2) : 0 }));

  return ({ values, rows }) => {
    const shown = new Float64Array(rows * kept.length);
    for (let row = 0, to = 0; row < rows; row++) {
      const centred = mean.map((middle, column) => values[row * columns + column]! - middle);
      for (const { axis, scale } of kept) shown[to++] = scale * axis.reduce((sum, part, i) => sum + part * centred[i]!, 0);
    }
    return { values: shown, rows, columns: kept.length };
  };
}
