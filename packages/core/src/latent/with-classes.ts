import * as tf from '@tensorflow/tfjs';
import type { LatentSpace } from './latent-space.js';

/**
 * The inputs of a network of a model: with the class of each sample, one-hot, float32 `[batch, classes]`, as the last where the latent space has
 * classes. Borrows everything; what it adds is the caller's.
 *
 * @throws if a model with classes is given no labels
 */
export function withClasses(
  inputs: readonly tf.Tensor[],
  labels: tf.Tensor1D | undefined,
  { classes }: LatentSpace,
): tf.Tensor | tf.Tensor[] {
  if (!classes) return inputs.length === 1 ? inputs[0]! : [...inputs];
  if (!labels) throw new Error(`a model of ${classes} classes needs the label of each sample, got none`);
  return [...inputs, tf.cast(tf.oneHot(labels, classes), 'float32')];
}
