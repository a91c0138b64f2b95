import * as tf from '@tensorflow/tfjs';

/** Rows `[batch, n]` as directions: of length 1. */
export function unitLength(rows: tf.Tensor): tf.Tensor2D {
  // The small number under the root keeps the gradient finite where a row is 0.
  return tf.div(rows, tf.sqrt(tf.add(tf.sum(tf.square(rows), -1, true), 1e-12)));
}

/** {@link unitLength} as a layer. */
export class UnitLength extends tf.layers.Layer {
  static readonly className = 'PolyganUnitLength';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => unitLength(Array.isArray(inputs) ? inputs[0]! : inputs));
  }
}
