import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FeatureMatrix } from './feature-matrix.js';
import { type FeatureMoments, featureMoments } from './feature-moments.js';
import type { MetricResult } from './metric-result.js';

/** The result of {@link frechetDistance}. */
export interface FrechetDistance extends MetricResult {
  readonly name: 'frechetDistance';
  /** Squared distance, 0 (equal means and covariances) and up; in squared units of the features. */
  readonly value: number;
  readonly real: number;
  readonly fake: number;
}

/**
 * The Fréchet distance between Gaussians fitted to real and to generated features:
 *
 * `|μr - μf|² + tr(Σr + Σf - 2 (Σr Σf)^½)`
 *
 * With the features of Inception-v3 this is the FID (Heusel et al. 2017, 1706.08500, equation 6). It falls with quality and with variety, and does
 * not see memorisation.
 *
 * Biased: fewer samples give a larger distance (Bińkowski et al. 2018, 1801.01401), so compare only figures of equal sample counts, with more
 * samples than columns on both sides (10,000 is usual), and put the distance between two sets of real samples beside it. With fewer samples than columns it is
 * still defined (the covariances are singular) but mostly bias.
 *
 * Takes features, or moments that were accumulated from a stream or stored. Computed in double precision; time grows with the cube of the columns
 * (128: well under a second; 2048: minutes).
 *
 * @throws if a side has fewer than 2 samples, the columns differ, or a feature is not finite
 */
export function frechetDistance(real: FeatureMatrix | FeatureMoments, fake: FeatureMatrix | FeatureMoments): FrechetDistance {
  const a = 'mean' in real ? real : featureMoments(real);
  const b = 'mean' in fake ? fake : featureMoments(fake);
  const { columns } = a;
  if (columns !== b.columns) {
    throw new Error(
      `frechetDistance: real samples have ${columns} features and fake ones ${b.columns}; both must come from one network`,
    );
  }
  let value = 0;
  for (let i = 0; i < columns; i++) {
    value += (a.mean[i]! - b.mean[i]!) ** 2 + a.covariance[i * columns + i]! + b.covariance[i * columns + i]!;
  }
  value -= 2 * traceOfRootOfProduct(a, b);
  // Rounding can leave equal distributions a hair below zero.
  return { name: 'frechetDistance', value: Math.max(0, value), real: a.rows, fake: b.rows };
}

/** tr (A B)^½ = tr (A^½ B A^½)^½ for covariances A and B: the right-hand side is symmetric, so its eigenvalues are real and stable. */
function traceOfRootOfProduct({ columns, covariance: a }: FeatureMoments, { covariance: b }: FeatureMoments): number {
  const { values, vectors } = eigen(asMatrix(a, columns));
  const scaled = vectors.clone().mulRowVector(values.map(Math.sqrt));
  const rootA = scaled.mmul(vectors.transpose());
  const product = rootA.mmul(asMatrix(b, columns)).mmul(rootA);
  return eigen(product.add(product.transpose()).mul(0.5)).values.reduce((sum, value) => sum + Math.sqrt(value), 0);
}

/** Eigenvalues and vectors of a positive semi-definite matrix. What rounding makes of a zero eigenvalue is set back to zero: its root would be large. */
function eigen(matrix: Matrix): { values: number[]; vectors: Matrix } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const smallest = matrix.rows * Number.EPSILON * Math.max(...realEigenvalues);
  return { values: realEigenvalues.map((value) => (value > smallest ? value : 0)), vectors: eigenvectorMatrix };
}

function asMatrix(values: Float64Array, columns: number): Matrix {
  return Matrix.from1DArray(columns, columns, Array.from(values));
}
