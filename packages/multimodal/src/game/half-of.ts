import type * as tf from '@tensorflow/tfjs';

/**
 * The first half of a batch, of two rows at least. Batches are shuffled, so it is any half; what a step does beside the games is done for so many, which keeps it from
 * costing more than the games.
 */
export function halfOf<T extends tf.Tensor>(rows: T): T {
  const count = Math.max(2, Math.ceil(rows.shape[0]! / 2));
  return rows.slice(0, Math.min(count, rows.shape[0]!)) as T;
}
