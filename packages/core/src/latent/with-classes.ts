import * as tf from '@tensorflow/tfjs';
import type { LatentSpace } from './latent-space.js';

/** How many kinds of samples the networks of a model tell apart: clusters where they are told them, else classes; undefined where they are told nothing. */
export function toldKinds({ classes, clusters }: Pick<LatentSpace, 'classes' | 'clusters'>): number | undefined {
  return clusters?.sizes.length ?? classes;
}

/**
 * The inputs of a network of a model: with the cluster or class of each sample, one-hot, float32 `[batch, {@link toldKinds}]`, as the last where the latent space has
 * some. Borrows everything; what it adds is the caller's.
 *
 * @throws if a model with classes is given no labels
 */
export function withClasses(
  inputs: readonly tf.Tensor[],
  labels: tf.Tensor1D | undefined,
  latent: LatentSpace,
): tf.Tensor | tf.Tensor[] {
  const kinds = toldKinds(latent);
  if (!kinds) return inputs.length === 1 ? inputs[0]! : [...inputs];
  if (!labels) {
    const name = latent.clusters ? 'clusters' : 'classes';
    throw new Error(`a model of ${kinds} ${name} needs the label of each sample, got none`);
  }
  return [...inputs, tf.cast(tf.oneHot(labels, kinds), 'float32')];
}
