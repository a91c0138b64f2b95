import * as tf from '@tensorflow/tfjs';

/** One term of {@link combineLatents}. */
export interface WeightedLatents {
  /** Points `[count, dimensions]` that stand for one idea by their mean. Borrowed. */
  readonly z: tf.Tensor2D;
  readonly weight: number;
}

/**
 * Arithmetic on ideas: Σ weight · mean of the points. King - man + woman, each the mean of a few points, with the weights 1, -1, 1
 * (Radford et al. 2015, arXiv 1511.06434, section 6.3.2).
 *
 * @returns one point, `[1, dimensions]`, which the caller owns
 */
export function combineLatents(terms: readonly WeightedLatents[]): tf.Tensor2D {
  if (terms.length === 0) throw new Error('combineLatents: expected at least one term, got none');
  return tf.tidy(() => tf.addN(terms.map(({ z, weight }) => tf.mul(tf.mean(z, 0, true), weight))) as tf.Tensor2D);
}
