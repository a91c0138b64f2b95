import type { FeatureMatrix } from './feature-matrix.js';
import { type ProductBlock, productBlocks } from './feature-products.js';

/**
 * Distances that the engine's float32 products cannot tell from zero, relative to the squared lengths of the two (centred) feature vectors.
 * They count as zero, so that copies of a sample are at distance 0 from it.
 */
const RESOLUTION = 1e-6;

/**
 * Squared Euclidean distances of every row of `left` to every row of `right`, block by block: `|a|² + |b|² - 2 a·b` about the mean of `right`.
 *
 * Good to about 1e-6 of the squared lengths; {@link squaredDistance} is exact.
 */
export async function* squaredDistanceBlocks(left: FeatureMatrix, right: FeatureMatrix): AsyncGenerator<ProductBlock> {
  const origin = rowMean(right);
  const a = centred(left, origin);
  const b = a && left === right ? a : centred(right, origin);
  const lengthsA = squaredLengths(a);
  const lengthsB = squaredLengths(b);
  for await (const block of productBlocks(a, b)) {
    const { row, rows, column, columns, values } = block;
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        const lengths = lengthsA[row + i]! + lengthsB[column + j]!;
        const squared = lengths - 2 * values[at]!;
        values[at] = squared > RESOLUTION * lengths ? squared : 0;
      }
    }
    yield block;
  }
}

/** The squared Euclidean distance of two rows, in double precision. */
export function squaredDistance(left: FeatureMatrix, row: number, right: FeatureMatrix, column: number): number {
  const { columns } = left;
  let sum = 0;
  for (let k = 0; k < columns; k++) sum += (left.values[row * columns + k]! - right.values[column * columns + k]!) ** 2;
  return sum;
}

function rowMean({ values, rows, columns }: FeatureMatrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) mean[j]! += values[at++]! / rows;
  return mean;
}

function centred({ values, rows, columns }: FeatureMatrix, origin: Float64Array): FeatureMatrix {
  const moved = new Float32Array(values.length);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) moved[at] = values[at]! - origin[j]!;
  return { values: moved, rows, columns };
}

function squaredLengths({ values, rows, columns }: FeatureMatrix): Float64Array {
  const lengths = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) lengths[i]! += values[at++]! ** 2;
  return lengths;
}
