import { type FeatureMatrix, integer, number, positiveInteger, Random, resolveOptions } from '@polygan/core';

/** Options of {@link linearSvm}. */
export interface LinearSvmOptions {
  /** What it costs that a sample is on the wrong side, for features of a length of 1 on average (C). Default 1. */
  readonly cost?: number;
  /** Passes over the samples. Default 50. */
  readonly passes?: number;
  /** Decides the order of the samples. Default 0. */
  readonly seed?: number;
}

/** A classifier of features. */
export interface LinearSvm {
  /** How far each sample lies on the side of each class, `rows × classes`, row by row. */
  margins(features: FeatureMatrix): Float64Array;
  /** The class of each sample: the one with the largest margin. */
  classify(features: FeatureMatrix): Int32Array;
}

const schema = {
  cost: number({ above: 0, default: 1 }),
  passes: positiveInteger({ default: 50 }),
  seed: integer({ default: 0 }),
};

/**
 * A linear support vector machine with the squared hinge loss (L2-SVM), one class against all others: for each class it minimises
 * ½‖w‖² + C Σ max(0, 1 - y w·x)², with a constant 1 beside the features, by descending along the coordinates of the dual (Hsieh et al. 2008, "A dual
 * coordinate descent method for large-scale linear SVM", algorithm 1). Features are divided by their root mean square length first.
 *
 * @param labels the class of each row, 0 … classes - 1
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if there are not as many labels as rows
 */
export function linearSvm(features: FeatureMatrix, labels: ArrayLike<number>, options: LinearSvmOptions = {}): LinearSvm {
  const { cost, passes, seed } = resolveOptions('linearSvm', options, schema);
  const { rows, columns, values } = features;
  if (labels.length !== rows) throw new Error(`linearSvm: ${rows} rows of features need ${rows} labels, got ${labels.length}`);
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = 1 / Math.sqrt(squares / rows || 1);
  const classes = 1 + Array.from(labels).reduce((most, label) => Math.max(most, label), 0);
  const random = Random.fromSeed(seed);
  const planes = Array.from({ length: classes }, (_, label) => {
    const sides = Float64Array.from(labels, (own) => (own === label ? 1 : -1));
    return separate(features, sides, { scale, cost, passes, random });
  });
  const margins = ({ values: given, rows: count }: FeatureMatrix) => {
    const result = new Float64Array(count * classes);
    for (let row = 0; row < count; row++) {
      planes.forEach((plane, label) => {
        let margin = plane[columns]!;
        for (let i = 0; i < columns; i++) margin += plane[i]! * scale * given[row * columns + i]!;
        result[row * classes + label] = margin;
      });
    }
    return result;
  };
  return {
    margins,
    classify(given) {
      const all = margins(given);
      return Int32Array.from({ length: given.rows }, (_, row) => {
        const own = all.subarray(row * classes, (row + 1) * classes);
        return own.indexOf(Math.max(...own));
      });
    },
  };
}

/** The plane between the samples of two sides: a weight for each feature, and one for the constant. */
function separate(
  { values, rows, columns }: FeatureMatrix,
  sides: Float64Array,
  { scale, cost, passes, random }: { scale: number; cost: number; passes: number; random: Random },
): Float64Array {
  const plane = new Float64Array(columns + 1);
  const multipliers = new Float64Array(rows);
  // The diagonal of the dual's matrix: each sample's squared length, with the constant, and what the squared hinge adds.
  const diagonal = Float64Array.from({ length: rows }, (_, row) => {
    let square = 1;
    for (let i = row * columns; i < (row + 1) * columns; i++) square += (scale * values[i]!) ** 2;
    return square + 1 / (2 * cost);
  });
  for (let pass = 0; pass < passes; pass++) {
    for (const row of random.permutation(rows)) {
      const side = sides[row]!;
      const from = row * columns;
      let margin = plane[columns]!;
      for (let i = 0; i < columns; i++) margin += plane[i]! * scale * values[from + i]!;
      const slope = side * margin - 1 + multipliers[row]! / (2 * cost);
      const moved = Math.max(0, multipliers[row]! - slope / diagonal[row]!);
      const change = (moved - multipliers[row]!) * side;
      if (change === 0) continue;
      multipliers[row] = moved;
      for (let i = 0; i < columns; i++) plane[i]! += change * scale * values[from + i]!;
      plane[columns]! += change;
    }
  }
  return plane;
}
