import type { Posterior } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/**
 * The product of normal distributions over latent points, each an encoder's opinion of the same things (MVAE, 1802.05335): precisions add up,
 * means count by their precisions. Differentiable. Borrows everything.
 *
 * @param experts of each form
 * @param weights of each form, 1 where it has a say and 0 where not, `[batch]`
 * @param withPrior whether the standard normal distribution is one of the experts; without it, every row needs a form that has a say
 */
export function productOfExperts(experts: readonly Posterior[], weights: readonly tf.Tensor[], withPrior: boolean): Posterior {
  const precisions = experts.map(({ logVariance }, i) => tf.mul(tf.exp(tf.neg(logVariance)), tf.expandDims(weights[i]!, 1)));
  const sum = tf.addN(precisions);
  const precision = withPrior ? tf.add(sum, 1) : sum;
  const mean = tf.div(tf.addN(experts.map((expert, i) => tf.mul(expert.mean, precisions[i]!))), precision);
  return { mean: mean as tf.Tensor2D, logVariance: tf.neg(tf.log(precision)) as tf.Tensor2D };
}
