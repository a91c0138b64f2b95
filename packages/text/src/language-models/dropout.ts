import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { Drop } from './token-network.js';

/**
 * Dropout (1207.0580): leaves out a share of the numbers, drawn anew each time, and scales the others so that the expectation stays. Inside `tf.tidy`.
 *
 * @param share of the numbers to leave out, from 0 to below 1
 */
export function dropout(share: number, random: Random): Drop {
  return (x) => {
    const kept = tf.greaterEqual(random.uniformTensor<tf.Rank.R2>(x.shape), share);
    return tf.mul(x, tf.div(tf.cast(kept, 'float32'), 1 - share)) as tf.Tensor2D;
  };
}
