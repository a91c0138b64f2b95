import * as tf from '@tensorflow/tfjs';
import type { FeatureMatrix } from './feature-matrix.js';

/** The inner products of some rows of one matrix with some rows of another. */
export interface ProductBlock {
  /** The first row of the left matrix in this block, and how many there are. */
  readonly row: number;
  readonly rows: number;
  /** The first row of the right matrix in this block, and how many there are. */
  readonly column: number;
  readonly columns: number;
  /** `[rows × columns]`, float32. */
  readonly values: Float32Array;
}

/** Rows of one side of a block: 2,000 × 2,000 products are 16 MB, whatever the number of samples. */
const BLOCK = 2000;

/**
 * All inner products `left · rightᵀ`, block by block, computed in float32 on tfjs's current engine (the one part of the metrics whose cost grows
 * with samples × samples × features). Borrows its arguments; leaves no tensors.
 */
export async function* productBlocks(left: FeatureMatrix, right: FeatureMatrix): AsyncGenerator<ProductBlock> {
  for (let row = 0; row < left.rows; row += BLOCK) {
    const rows = Math.min(BLOCK, left.rows - row);
    const leftTensor = rowsTensor(left, row, rows);
    try {
      for (let column = 0; column < right.rows; column += BLOCK) {
        const columns = Math.min(BLOCK, right.rows - column);
        const products = tf.tidy(() => tf.matMul(leftTensor, columnsTensor(right, column, columns)));
        try {
          yield { row, rows, column, columns, values: await products.data<'float32'>() };
        } finally {
          products.dispose();
        }
      }
    } finally {
      leftTensor.dispose();
    }
  }
}

function rowsTensor({ values, columns }: FeatureMatrix, row: number, rows: number): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(values.subarray(row * columns, (row + rows) * columns)), [rows, columns]);
}

/** The same rows as columns. Transposed here, because the wasm engine multiplies six times slower when it is asked to transpose. */
function columnsTensor({ values, columns }: FeatureMatrix, row: number, rows: number): tf.Tensor2D {
  const transposed = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) transposed[j * rows + i] = values[(row + i) * columns + j]!;
  }
  return tf.tensor2d(transposed, [columns, rows]);
}
