import * as tf from '@tensorflow/tfjs';

/** A discriminator: samples `[batch, ...sampleShape]` to scores (logits), `[batch, 1]` or one per patch. */
export type Score = (samples: tf.Tensor) => tf.Tensor;

/** Keeps the root of a vanishing gradient's square differentiable; far below what float32 adds to a norm near 1. */
const EPSILON = 1e-12;

/**
 * WGAN-GP: mean (‖∇D(x̂)‖ - target)² over points x̂ = mix · real + (1 - mix) · fake (Gulrajani et al. 2017, arXiv 1704.00028, equation 3). The paper
 * weighs it by λ = 10. The critic must judge each sample by itself: no batch normalisation in it.
 *
 * To be used inside `tf.variableGrads`. Borrows everything; the caller owns the scalar.
 *
 * @param mix one number in 0…1 for each sample, `[batch]`
 * @param options.target the slope that the critic shall have. Default 1
 */
export function wassersteinGradientPenalty(
  score: Score,
  real: tf.Tensor,
  fake: tf.Tensor,
  mix: tf.Tensor1D,
  { target = 1 }: { readonly target?: number } = {},
): tf.Scalar {
  return tf.tidy(() => {
    const share = tf.reshape(mix, [mix.size, ...Array(real.rank - 1).fill(1)]);
    return distanceFromSlope(score, tf.add(fake, tf.mul(share, tf.sub(real, fake))), target);
  });
}

/**
 * DRAGAN: mean (‖∇D(x̂)‖ - 1)² over points near real samples, x̂ = real + ½ · deviation(real) · noise (Kodali et al. 2017, arXiv 1705.07215,
 * section 2.3, with the scale of the authors' code). The paper weighs it by λ = 10.
 *
 * To be used inside `tf.variableGrads`. Borrows everything; the caller owns the scalar.
 *
 * @param noise as many numbers as `real` has; uniform in 0…1 in the authors' code
 */
export function draganPenalty(score: Score, real: tf.Tensor, noise: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const deviation = tf.sqrt(tf.moments(real).variance);
    return distanceFromSlope(score, tf.add(real, tf.mul(noise, tf.mul(0.5, deviation))), 1);
  });
}

/**
 * R1: ½ mean ‖∇D(x)‖² over real samples (Mescheder et al. 2018, arXiv 1801.04406, equation 9), to be weighed by γ.
 *
 * To be used inside `tf.variableGrads`. Borrows everything; the caller owns the scalar.
 */
export function r1Penalty(score: Score, real: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mul<tf.Scalar>(0.5, tf.mean(squaredSlopes(score, real))));
}

/** R2: the same as {@link r1Penalty} over generated samples (equation 10). Gradients do not reach the generator. */
export function r2Penalty(score: Score, fake: tf.Tensor): tf.Scalar {
  return r1Penalty(score, fake);
}

function distanceFromSlope(score: Score, samples: tf.Tensor, target: number): tf.Scalar {
  const slopes = tf.sqrt(tf.add(squaredSlopes(score, samples), EPSILON));
  return tf.mean(tf.square(tf.sub(slopes, target)));
}

/** ‖∇D‖² at each sample, `[batch]`. */
function squaredSlopes(score: Score, samples: tf.Tensor): tf.Tensor1D {
  const gradient = tf.grad((at: tf.Tensor) => tf.sum(score(at)))(samples);
  return tf.sum(tf.square(tf.reshape(gradient, [samples.shape[0]!, -1])), 1);
}
