import * as tf from '@tensorflow/tfjs';

/**
 * How far the discriminator's mean features of generated samples lie from those of real ones: ‖E f(x) - E f(G(z))‖², summed over the
 * features of one sample (Salimans et al. 2016, arXiv 1606.03498, section 3.1).
 *
 * @param realFeatures `[batch, ...features]`
 * @param fakeFeatures `[batch, ...features]`; the two batch sizes may differ
 * @returns a scalar that the caller owns
 */
export function featureMatching(realFeatures: tf.Tensor, fakeFeatures: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sum(tf.squaredDifference(tf.mean(realFeatures, 0), tf.mean(fakeFeatures, 0))));
}
