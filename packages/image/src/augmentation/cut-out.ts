import * as tf from '@tensorflow/tfjs';
import { type Chance, chosen, drawn } from './chosen.js';

/**
 * Pictures `[batch, height, width, channels]` with a square of half their sides set to 0, its centre anywhere in the picture (DiffAugment's "cutout",
 * 2006.10738, appendix).
 */
export function cutOut(pictures: tf.Tensor4D, chance: Chance): tf.Tensor4D {
  const [batch, height, width] = pictures.shape;
  const change = chosen(batch, chance);
  /** 1 on the lines that the square covers, in a shape that fits the pictures. */
  const covered = (length: number, shape: [number, number, number, number]) => {
    const side = Math.round(length / 2);
    // A square of an even side has its centre between two lines.
    const [places, offset] = side % 2 === 0 ? [length + 1, 0.5] : [length, 0];
    const centre = tf.sub(tf.floor(drawn(batch, chance.random, 0, places)), offset);
    const distance = tf.abs(tf.sub(tf.range(0, length).reshape(shape), centre));
    return tf.cast(tf.less(distance, side / 2), 'float32');
  };
  const square = tf.mul(covered(height, [1, height, 1, 1]), covered(width, [1, 1, width, 1]));
  return tf.mul(pictures, tf.sub(1, tf.mul(change, square)));
}
