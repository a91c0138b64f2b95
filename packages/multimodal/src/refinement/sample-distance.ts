import { stopGradient } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Keeps quotients finite where what is given is all 0. */
const SMALL = 1e-3;

/**
 * The squared distance of rows `[batch, …]` over the squared length of those that were given: float32 `[batch]`, 0 for the same, about 1 for rows of zeros.
 * Differentiable in the first. Borrows both.
 */
export function relativeDistance(rows: tf.Tensor, given: tf.Tensor): tf.Tensor1D {
  const flat = (values: tf.Tensor) => values.reshape([values.shape[0]!, -1]);
  const squares = (values: tf.Tensor) => tf.mean(tf.square(flat(values)), 1);
  return tf.div(squares(tf.sub(rows, given)), tf.add(squares(given), SMALL)) as tf.Tensor1D;
}

/**
 * What generated samples are to be like: the given ones where those are known, themselves elsewhere. A constant to gradients. Borrows everything.
 *
 * @param known 1 or 0, in the shape of the samples
 */
export function knownPart(generated: tf.Tensor, given: tf.Tensor, known: tf.Tensor | undefined): tf.Tensor {
  if (!known) return given;
  return stopGradient(() => tf.add(tf.mul(known, given), tf.mul(tf.sub(1, known), generated)));
}
