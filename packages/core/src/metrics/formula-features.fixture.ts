import type { FeatureMatrix } from './feature-matrix.js';

/**
 * Features by a formula that NumPy repeats digit for digit, so that expected values can come from there. The tests' Python snippets start with
 *
 * ```python
 * import numpy as np
 * def features(rows, columns, a, scale=1.0, offset=0.0):
 *     i = np.arange(rows * columns, dtype=np.int64)
 *     return (((i * i * a + i * 7919 + a) % 10007) / 10007 * scale + offset).reshape(rows, columns)
 * real, fake = features(60, 5, 31), features(50, 5, 57, 1.2, 0.1)
 * ```
 */
export function formulaFeatures(rows: number, columns: number, a: number, scale = 1, offset = 0): FeatureMatrix {
  const values = Float64Array.from(
    { length: rows * columns },
    (_, i) => (((i * i * a + i * 7919 + a) % 10007) / 10007) * scale + offset,
  );
  return { values, rows, columns };
}

export const real = formulaFeatures(60, 5, 31);
export const fake = formulaFeatures(50, 5, 57, 1.2, 0.1);

/** Some consecutive rows. */
export function rowsOf({ values, columns }: FeatureMatrix, start: number, end: number): FeatureMatrix {
  return { values: values.subarray(start * columns, end * columns), rows: end - start, columns };
}

/** A matrix of the given rows. */
export function matrix(...rows: number[][]): FeatureMatrix {
  return { values: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]!.length };
}
