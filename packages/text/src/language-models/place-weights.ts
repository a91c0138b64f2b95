import * as tf from '@tensorflow/tfjs';
import { variablesOf } from './network-layers.js';

/** A scale and a shift for each number at each place of a row. */
export interface PlaceWeights {
  /** In the model: `[batch, length, width]` to the same. */
  apply(symbol: tf.SymbolicTensor): tf.SymbolicTensor;
  /** `[rows, width]` at the places int32 `[rows, 1]`, to the same. */
  at(place: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor2D;
  /** Whole rows, time-major, `[length × batch, width]`, to the same. */
  rows(x: tf.Tensor2D): tf.Tensor2D;
}

/**
 * Weights by which a network knows how far a text has come, and need not count. A convolution that goes through each number alone has just these
 * weights, and is a layer that every tfjs program knows.
 */
export function placeWeights(length: number, width: number): PlaceWeights {
  const layer = tf.layers.depthwiseConv2d({ kernelSize: 1, depthwiseInitializer: 'ones', biasInitializer: 'zeros' });
  const reshaped = (symbol: tf.SymbolicTensor, targetShape: number[]) =>
    tf.layers.reshape({ targetShape }).apply(symbol) as tf.SymbolicTensor;
  const shaped = (shape: number[]) => variablesOf(layer).map((weights) => tf.reshape(weights, shape));
  return {
    apply: (symbol) => reshaped(layer.apply(reshaped(symbol, [1, 1, length * width])) as tf.SymbolicTensor, [length, width]),
    at(place, x) {
      const [scale, shift] = shaped([length, width]).map((weights) => tf.gather(weights, tf.reshape(place, [-1])));
      return tf.add(tf.mul(x, scale!), shift!);
    },
    rows(x) {
      const [scale, shift] = shaped([length, 1, width]);
      return tf.reshape(tf.add(tf.mul(tf.reshape(x, [length, -1, width]), scale!), shift!), [-1, width]);
    },
  };
}
