import * as tf from '@tensorflow/tfjs';
import type { TokenState } from './token-network.js';

/** One step of long short-term memory with all that happens in it, each `[rows, hidden]`. */
export function lstmStep(projected: tf.Tensor2D, [hidden, before]: TokenState, recurrentKernel: tf.Tensor2D) {
  const sums = tf.split(tf.add(projected, tf.matMul(hidden!, recurrentKernel)), 4, 1) as tf.Tensor2D[];
  const [i, f, g, o] = [tf.sigmoid(sums[0]!), tf.sigmoid(sums[1]!), tf.tanh(sums[2]!), tf.sigmoid(sums[3]!)];
  const memory = tf.add(tf.mul(f, before!), tf.mul(i, g)) as tf.Tensor2D;
  return { i, f, g, o, memory, output: tf.mul(o, tf.tanh(memory)) as tf.Tensor2D };
}
