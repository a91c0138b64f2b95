import * as tf from '@tensorflow/tfjs';

/** Every row's place is taken by the row below it, the last one's by the first: to each sample, what belongs to another. At least two rows; the caller owns the result. */
export function nextRow<T extends tf.Tensor>(rows: T): T {
  return tf.tidy(() => {
    const [first, others] = tf.split(rows, [1, rows.shape[0]! - 1]);
    return tf.concat([others!, first!]) as T;
  });
}
