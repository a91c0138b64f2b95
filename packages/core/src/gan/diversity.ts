import * as tf from '@tensorflow/tfjs';

/**
 * How varied generated samples are against real ones: the mean distance of a sample to its nearest neighbour in the batch, generated over real.
 * Near 1 when all is well, near 0 when the generator has collapsed. Borrows the samples `[batch, ...]`, of equal shape; gives a scalar.
 */
export function diversity(fake: tf.Tensor, real: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.div(nearestNeighbourDistance(fake), tf.add(nearestNeighbourDistance(real), 1e-8)) as tf.Scalar);
}

function nearestNeighbourDistance(samples: tf.Tensor): tf.Tensor {
  const count = samples.shape[0]!;
  const rows = samples.reshape<tf.Tensor2D>([count, -1]);
  const squares = tf.sum(tf.square(rows), 1, true);
  const distances = tf.sub(tf.add(squares, squares.transpose()), tf.mul(2, tf.matMul(rows, rows, false, true)));
  // A sample is not its own neighbour.
  const apart = tf.add(distances, tf.mul(tf.eye(count), 1e12));
  return tf.mean(tf.sqrt(tf.relu(tf.min(apart, 1))));
}
