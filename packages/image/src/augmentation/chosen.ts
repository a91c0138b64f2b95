import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What a kind of change is drawn from. */
export interface Chance {
  /** How likely it is for each picture, 0 to 1. */
  readonly probability: tf.Scalar;
  readonly random: Random;
}

/** One number in low … high for each picture, `[batch, 1, 1, 1]`. */
export function drawn(batch: number, random: Random, low: number, high: number): tf.Tensor4D {
  return random.uniformTensor<tf.Rank.R4>([batch, 1, 1, 1], low, high);
}

/** 1 for the pictures that are to be changed, 0 for the others, `[batch, 1, 1, 1]`. */
export function chosen(batch: number, { probability, random }: Chance): tf.Tensor4D {
  return tf.cast(tf.less(drawn(batch, random, 0, 1), probability) as tf.Tensor4D, 'float32');
}
