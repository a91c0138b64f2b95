import * as tf from '@tensorflow/tfjs';

/** Scales of the kernel, from a tenth to ten times the expected squared distance of two points. */
const SCALES = [0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * How far points are from being drawn like those of the prior: the squared maximum mean discrepancy under inverse multiquadratic kernels, summed over
 * seven scales, as Wasserstein autoencoders use it (Tolstikhin et al. 2017, arXiv 1711.01558, algorithm 2). An unbiased estimate, so it may be below 0.
 * Differentiable. Borrows both, `[batch, dimensions]` of at least two rows each.
 */
export function priorDistance(points: tf.Tensor2D, prior: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const within = tf.add(meanOfOthers(kernel(points, points)), meanOfOthers(kernel(prior, prior)));
    return tf.sub(within, tf.mul(2, tf.mean(kernel(points, prior)))) as tf.Scalar;
  });
}

/** Σ C / (C + ‖x − y‖²) of all pairs, C being a scale times the squared distance that two points of variance 1 are expected to have. */
function kernel(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const expected = 2 * a.shape[1];
  const squares = (x: tf.Tensor2D) => tf.sum(tf.square(x), 1, true);
  const distances = tf.sub(tf.add(squares(a), tf.transpose(squares(b))), tf.mul(2, tf.matMul(a, b, false, true)));
  const parts = SCALES.map((scale) => tf.div(scale * expected, tf.add(scale * expected, distances)) as tf.Tensor2D);
  return tf.addN(parts);
}

/** The mean of a square matrix without its diagonal: no point is compared with itself. */
function meanOfOthers(matrix: tf.Tensor2D): tf.Tensor {
  const [size] = matrix.shape;
  return tf.div(tf.sum(tf.mul(matrix, tf.sub(1, tf.eye(size)))), size * (size - 1));
}
