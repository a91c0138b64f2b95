import * as tf from '@tensorflow/tfjs';
import { type Chance, chosen, drawn } from './chosen.js';

/** The furthest that pictures are moved, as a share of their sides. */
const FURTHEST = 1 / 8;

/**
 * Pictures `[batch, height, width, channels]` moved by whole pixels, up to an eighth of their sides; what comes in is 0, mid-grey (DiffAugment's
 * "translation", 2006.10738, appendix).
 *
 * Each picture is multiplied by a matrix of ones and zeros from either side: the same computation however far it moves.
 */
export function movePictures(pictures: tf.Tensor4D, chance: Chance): tf.Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  const change = chosen(batch, chance).reshape([batch, 1, 1]);
  const placement = (length: number) => {
    const most = Math.round(length * FURTHEST);
    const shift = tf.floor(drawn(batch, chance.random, -most, most + 1)).reshape([batch, 1, 1]);
    const lines = tf.range(0, length);
    const apart = tf.sub(lines.reshape([1, length, 1]), lines.reshape([1, 1, length]));
    // 1 where a line of the result (row) is that of the picture (column) so far away, and 0 elsewhere, all being whole numbers.
    return tf.relu(tf.sub(1, tf.abs(tf.sub(apart, tf.mul(change, shift)))));
  };
  const [rows, columns] = [placement(height), placement(width)];
  const movedDown = tf.matMul(rows, pictures.reshape([batch, height, width * channels]));
  // [batch, width, height × channels], so that columns can be multiplied from the left as well.
  const turned = movedDown.reshape([batch, height, width, channels]).transpose([0, 2, 1, 3]);
  const moved = tf.matMul(columns, turned.reshape([batch, width, height * channels]));
  return moved.reshape([batch, width, height, channels]).transpose([0, 2, 1, 3]) as tf.Tensor4D;
}
