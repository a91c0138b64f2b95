import * as tf from '@tensorflow/tfjs';

/** Keeps the root differentiable where all samples are the same. */
const EPSILON = 1e-8;

/**
 * Tells a discriminator how much samples differ: appends to the features of each, `[batch, n]`, the deviation of the whole batch, √(Σ variance) over all
 * features. A generator that makes the same sound again and again is then found out at once (minibatch standard deviation, Karras et al. 2017, arXiv
 * 1710.10196, section 3).
 *
 * Deviation from the paper: the root of the sum of variances, not the mean of their roots, so that it is as large as the features together are; and the
 * whole batch is one group.
 */
export class MinibatchDeviation extends tf.layers.Layer {
  static readonly className = 'PolyganMinibatchDeviation';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, features] = inputShape as [number | null, number];
    return [batch, features + 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const features = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor2D;
    return tf.tidy(() => {
      const variance = tf.mean(tf.square(tf.sub(features, tf.mean(features, 0, true))), 0);
      const deviation = tf.sqrt(tf.add(tf.sum(variance), EPSILON));
      return tf.concat([features, tf.mul(tf.ones([features.shape[0], 1]), deviation) as tf.Tensor2D], 1);
    });
  }
}
