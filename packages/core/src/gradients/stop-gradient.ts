import * as tf from '@tensorflow/tfjs';

/**
 * What `compute` gives, as a constant to every gradient around it, whatever it is computed from. TensorFlow.js has no other way to say so.
 *
 * @returns the tensor, which the caller owns; intermediate ones are disposed of
 */
export function stopGradient<T extends tf.Tensor>(compute: () => T): T {
  // An operation of no inputs: nothing to go back to.
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as T;
}
