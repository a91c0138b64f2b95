import * as tf from '@tensorflow/tfjs';
import { number, oneOf } from '../options/field.js';
import { either, type Resolved } from '../options/resolve-options.js';

/** How far samples are thought to lie from what a decoder says, by name. */
export type LikelihoodName = 'normal' | 'laplace' | 'bernoulli' | 'categorical';

/** What a decoder's output means. */
export interface LikelihoodOptions {
  /**
   * 'normal' and 'laplace': the output is the mean of continuous samples. 'bernoulli': it is the mean of samples that are -1 or 1.
   * 'categorical': it is logits over the last axis, along which samples are one-hot. Default 'normal'.
   */
  readonly kind?: LikelihoodName;
  /**
   * Deviation of 'normal', scale of 'laplace', in units of the samples. 'calibrated': the most likely one for each batch, which leaves nothing to
   * balance by hand (σ-VAE, 2006.13202, section 4). Default 'calibrated'.
   */
  readonly scale?: number | 'calibrated';
}

/** The fields of {@link LikelihoodOptions}. */
export const likelihoodSchema = {
  kind: oneOf(['normal', 'laplace', 'bernoulli', 'categorical'], { default: 'normal' }),
  scale: either(oneOf(['calibrated'], { default: 'calibrated' }), number({ above: 0 })),
};

/** A likelihood with its options. */
export interface Likelihood {
  /** -ln p(sample | output) of each sample in nats, float32 `[batch]`; both `[batch, ...sampleShape]`. Differentiable in the output. */
  negativeLog(output: tf.Tensor, samples: tf.Tensor): tf.Tensor1D;
  /** The mean of the samples that the output stands for, `[batch, ...sampleShape]`. */
  mean(output: tf.Tensor): tf.Tensor;
}

/** Keeps a calibrated scale from 0, where the likelihood has no bound: half a step of 8-bit samples. */
const SMALLEST_SCALE = 1 / 255;

/** The likelihood that options ask for. */
export function likelihood({ kind, scale }: Resolved<typeof likelihoodSchema>): Likelihood {
  switch (kind) {
    case 'normal':
      return located(
        (error) => tf.square(error),
        (spread) => tf.sqrt(spread),
        scale,
        {
          ofDistance: (distance, sigma) => tf.div(distance, tf.mul(2, tf.square(sigma))),
          constant: 0.5 * Math.log(2 * Math.PI),
        },
      );
    case 'laplace':
      return located(
        (error) => tf.abs(error),
        (spread) => spread,
        scale,
        {
          ofDistance: (distance, b) => tf.div(distance, b),
          constant: Math.log(2),
        },
      );
    case 'bernoulli':
      return { negativeLog: bernoulli, mean: (output) => output.clone() };
    case 'categorical':
      return { negativeLog: categorical, mean: (logits) => tf.softmax(logits) };
  }
}

/**
 * A likelihood of a distance from the mean with one scale.
 *
 * @param distanceOf what the distance of one number is
 * @param scaleOf the most likely scale where the mean distance is this
 */
function located(
  distanceOf: (error: tf.Tensor) => tf.Tensor,
  scaleOf: (meanDistance: tf.Tensor) => tf.Tensor,
  given: number | 'calibrated',
  { ofDistance, constant }: { ofDistance: (distance: tf.Tensor, scale: tf.Tensor) => tf.Tensor; constant: number },
): Likelihood {
  return {
    negativeLog(output, samples) {
      const distance = distanceOf(tf.sub(samples, output)).reshape([samples.shape[0]!, -1]);
      // The best scale's own gradient is 0 by definition, so nothing needs to stop it.
      const scale = given === 'calibrated' ? tf.maximum(scaleOf(tf.mean(distance)), SMALLEST_SCALE) : tf.scalar(given);
      const each = tf.add(ofDistance(distance, scale), tf.add(tf.log(scale), constant));
      return tf.sum(each, 1);
    },
    mean: (output) => output.clone(),
  };
}

/** Of samples in -1 … 1, the output being in the same range; samples in between count as probabilities. */
function bernoulli(output: tf.Tensor, samples: tf.Tensor): tf.Tensor1D {
  const share = (values: tf.Tensor) => tf.div(tf.add(values, 1), 2).reshape([values.shape[0]!, -1]);
  const probability = tf.clipByValue(share(output), 1e-6, 1 - 1e-6);
  const target = share(samples);
  const other = tf.mul(tf.sub(1, target), tf.log(tf.sub(1, probability)));
  return tf.neg(tf.sum<tf.Tensor1D>(tf.add(tf.mul(target, tf.log(probability)), other), 1));
}

function categorical(logits: tf.Tensor, samples: tf.Tensor): tf.Tensor1D {
  const each = tf.mul(samples, tf.logSoftmax(logits)).reshape([samples.shape[0]!, -1]);
  return tf.neg(tf.sum<tf.Tensor1D>(each, 1));
}
