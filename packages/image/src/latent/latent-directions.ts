import * as tf from '@tensorflow/tfjs';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Directions of a latent space along which pictures change. */
export interface LatentDirections {
  /** One a row, of length 1, the strongest first, `[count, latent]`. The caller owns it. */
  readonly directions: tf.Tensor2D;
  /** How much changes along each, in shares of what changes along all. */
  readonly shares: readonly number[];
}

/** Eigenvalues of a symmetric matrix and its eigenvectors in columns, the largest first. */
export async function eigen(symmetric: tf.Tensor): Promise<{ values: number[]; vectors: Matrix }> {
  const [rows, columns] = symmetric.shape as [number, number];
  const matrix = Matrix.from1DArray(rows, columns, Array.from(await symmetric.data()));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((i) => Math.max(0, realEigenvalues[i]!)),
    vectors: eigenvectorMatrix.subMatrixColumn(order),
  };
}

/** The first columns as rows of length 1; the sign, which nothing decides, so that the largest number is positive. */
export function strongest(columns: Matrix, strengths: readonly number[], count: number): LatentDirections {
  const rows = Array.from({ length: count }, (_, i) => {
    const column = columns.getColumn(i);
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    const length = Math.sign(largest) * Math.hypot(...column);
    return column.map((value) => value / length);
  });
  const all = strengths.reduce((sum, value) => sum + value, 0);
  return { directions: tf.tensor2d(rows), shares: strengths.slice(0, count).map((value) => value / all) };
}
