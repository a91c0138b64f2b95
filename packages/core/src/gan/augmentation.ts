import type * as tf from '@tensorflow/tfjs';
import type { Random } from '../random/random.js';

/** How {@link Augmentation.apply} changes samples. */
export interface AugmentationSettings {
  /** Which kinds of changes; some of {@link Augmentation.kinds}. */
  readonly kinds: readonly string[];
  /** How likely each kind is for each sample, 0 to 1. A tensor, because it may change from step to step. */
  readonly probability: tf.Scalar;
  readonly random: Random;
}

/**
 * Random changes of samples before a discriminator judges them, so that few real samples go further (2006.10738, 2006.06676). Real and generated samples
 * are changed alike, and the gradient goes through: a generator then does not learn to make changed samples.
 */
export interface Augmentation {
  /** The names of the kinds of changes, in the order in which they are made. */
  readonly kinds: readonly string[];
  /**
   * Changed samples, `[batch, ...sampleShape]`. Borrows everything; the caller owns the result. What is random is in the values of tensors and never in
   * the shape of the computation, so that an engine that compiles it does so once.
   */
  apply(samples: tf.Tensor, settings: AugmentationSettings): tf.Tensor;
}
