import { checkFeatures, type FeatureMatrix } from './feature-matrix.js';

/** Mean and covariance of features, in double precision; plain enough to be stored and used again for every later comparison. */
export interface FeatureMoments {
  /** How many samples they were computed from. */
  readonly rows: number;
  readonly columns: number;
  /** `[columns]`. */
  readonly mean: Float64Array;
  /** `[columns × columns]`, symmetric, divided by `rows - 1` (unbiased). */
  readonly covariance: Float64Array;
}

/** Mean and covariance of features that arrive in parts, so that the features of all samples never need to be in memory together. */
export interface MomentsAccumulator {
  /** Takes in the features of more samples. Any number of rows; always the same number of columns. */
  add(features: FeatureMatrix): void;
  /**
   * The moments of everything added so far.
   *
   * @throws if fewer than 2 samples were added
   */
  moments(): FeatureMoments;
}

/**
 * Accumulates mean and covariance in one pass.
 *
 * Each part's scatter is taken about the part's own mean and merged (Chan, Golub & LeVeque 1983), so that features far from zero lose no digits.
 */
export function momentsAccumulator(): MomentsAccumulator {
  let rows = 0;
  let mean = new Float64Array(0);
  let scatter = new Float64Array(0);

  return {
    add(features) {
      checkFeatures('momentsAccumulator.add', features);
      const { columns } = features;
      if (rows === 0) {
        mean = new Float64Array(columns);
        scatter = new Float64Array(columns * columns);
      } else if (columns !== mean.length) {
        throw new Error(`momentsAccumulator.add: expected ${mean.length} columns as in the first part, got ${columns}`);
      }
      const partMean = columnMeans(features);
      addScatter(scatter, features, partMean);

      const total = rows + features.rows;
      const weight = (rows * features.rows) / total;
      const shift = partMean.map((value, column) => value - mean[column]!);
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j < columns; j++) scatter[i * columns + j]! += weight * shift[i]! * shift[j]!;
        mean[i]! += (shift[i]! * features.rows) / total;
      }
      rows = total;
    },
    moments() {
      if (rows < 2) throw new Error(`momentsAccumulator.moments: a covariance needs at least 2 samples, got ${rows}`);
      return { rows, columns: mean.length, mean: mean.slice(), covariance: scatter.map((value) => value / (rows - 1)) };
    },
  };
}

/**
 * Mean and covariance of features that are in memory.
 *
 * @throws if there are fewer than 2 samples, or a feature is not finite
 */
export function featureMoments(features: FeatureMatrix): FeatureMoments {
  const accumulator = momentsAccumulator();
  accumulator.add(features);
  return accumulator.moments();
}

function columnMeans({ values, rows, columns }: FeatureMatrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) mean[j]! += values[at++]!;
  return mean.map((sum) => sum / rows);
}

/** Adds Σ (x - mean)(x - mean)ᵀ to `scatter`. Centred columns lie one after another, 512 rows at a time, so that the inner loop runs along memory. */
function addScatter(scatter: Float64Array, { values, rows, columns }: FeatureMatrix, mean: Float64Array): void {
  for (let start = 0; start < rows; start += 512) {
    const length = Math.min(512, rows - start);
    const centred = new Float64Array(columns * length);
    for (let row = 0; row < length; row++) {
      const from = (start + row) * columns;
      for (let j = 0; j < columns; j++) centred[j * length + row] = values[from + j]! - mean[j]!;
    }
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let a = i * length, b = j * length, end = a + length; a < end; a++, b++) sum += centred[a]! * centred[b]!;
        scatter[i * columns + j]! += sum;
        if (j < i) scatter[j * columns + i]! += sum;
      }
    }
  }
}
