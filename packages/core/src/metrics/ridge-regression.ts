import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { checkFeatures, type FeatureMatrix } from './feature-matrix.js';

/** Says what features tell, as far as it can be told by a weighted sum of them. */
export interface RidgeRegression {
  /** As many columns as the targets had, a row for each of the samples. @throws if there are not as many columns as it was fitted with */
  predict(features: FeatureMatrix): FeatureMatrix;
}

/** Options of {@link ridgeRegression}. */
export interface RidgeRegressionOptions {
  /** How much small weights are preferred, against features of variance 1; default 0.01. */
  readonly penalty?: number;
}

/**
 * Fits targets by weighted sums of features (Hoerl & Kennard 1970): the weights with the least squared error plus `penalty × rows` times the square of the weights. Features
 * are standardised before. In double precision; time grows with the cube of the columns.
 *
 * @param targets a row of numbers for each sample
 * @throws if the rows differ, or a value is not finite
 */
export function ridgeRegression(
  features: FeatureMatrix,
  targets: FeatureMatrix,
  { penalty = 0.01 }: RidgeRegressionOptions = {},
): RidgeRegression {
  checkFeatures('ridgeRegression', features, 2);
  checkFeatures('ridgeRegression', targets, 2);
  if (features.rows !== targets.rows) {
    throw new Error(`ridgeRegression: ${features.rows} samples need targets for as many, got ${targets.rows}`);
  }
  const x = matrixOf(features);
  const y = matrixOf(targets);
  const middle = x.mean('column');
  const spread = x.standardDeviation('column', { unbiased: false }).map((deviation) => deviation || 1);
  const offset = y.mean('column');
  const scaled = standardised(x, middle, spread);
  const products = scaled
    .transpose()
    .mmul(scaled)
    .add(Matrix.eye(features.columns).mul(penalty * features.rows));
  const weights = new CholeskyDecomposition(products).solve(scaled.transpose().mmul(y.subRowVector(offset)));
  return {
    predict(some) {
      checkFeatures('RidgeRegression.predict', some);
      if (some.columns !== features.columns) {
        throw new Error(`RidgeRegression.predict: expected ${features.columns} features, got ${some.columns}`);
      }
      const told = standardised(matrixOf(some), middle, spread).mmul(weights).addRowVector(offset);
      return { values: Float64Array.from(told.to1DArray()), rows: told.rows, columns: told.columns };
    },
  };
}

function matrixOf({ values, rows, columns }: FeatureMatrix): Matrix {
  return Matrix.from1DArray(rows, columns, values);
}

/** A copy, each column less its middle, in its spread. */
function standardised(x: Matrix, middle: readonly number[], spread: readonly number[]): Matrix {
  return x
    .clone()
    .subRowVector([...middle])
    .divRowVector([...spread]);
}
