import type { FeatureMatrix } from './feature-matrix.js';

/**
 * How well numbers agree with those that they should be, column by column: R², the share of the variance that is explained. 1: exactly; 0: no better than always the mean;
 * below: worse.
 *
 * @param expected as many rows and columns, no column of them constant
 */
export function explainedShare(found: FeatureMatrix, expected: FeatureMatrix): number[] {
  const { rows, columns } = expected;
  if (found.rows !== rows || found.columns !== columns) {
    throw new Error(`explainedShare: expected ${rows} rows of ${columns} columns, got ${found.rows} of ${found.columns}`);
  }
  return Array.from({ length: columns }, (_, column) => {
    const at = ({ values }: FeatureMatrix, row: number) => values[row * columns + column]!;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += at(expected, row);
    let missed = 0;
    let spread = 0;
    for (let row = 0; row < rows; row++) {
      missed += (at(found, row) - at(expected, row)) ** 2;
      spread += (at(expected, row) - sum / rows) ** 2;
    }
    return 1 - missed / spread;
  });
}
