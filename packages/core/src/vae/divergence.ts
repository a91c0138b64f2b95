import * as tf from '@tensorflow/tfjs';

/** What an encoder says of each sample: a normal distribution over latent points, every number on its own. */
export type Posterior = {
  /** `[batch, dimensions]`. */
  readonly mean: tf.Tensor2D;
  /** ln σ², `[batch, dimensions]`. */
  readonly logVariance: tf.Tensor2D;
};

/**
 * The divergence of each posterior from the standard normal distribution in nats, KL(q ‖ p), float32 `[batch]` (1312.6114, appendix B).
 *
 * @param freeBits nats that each dimension may have for nothing, on average over the batch (1606.04934, appendix C.8)
 */
export function divergence({ mean, logVariance }: Posterior, freeBits = 0): tf.Tensor1D {
  const each = tf.mul(0.5, tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1)));
  if (freeBits === 0) return tf.sum(each, 1);
  const batch = mean.shape[0];
  return tf.mul(tf.ones([batch]), tf.sum(tf.maximum(tf.mean(each, 0), freeBits)));
}

/** A point from each posterior by the reparametrisation of 1312.6114, equation 10: gradients go through it. @param noise standard normal, `[batch, dimensions]` */
export function drawnFrom({ mean, logVariance }: Posterior, noise: tf.Tensor): tf.Tensor2D {
  return tf.add(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), noise));
}
