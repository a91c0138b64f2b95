import * as tf from '@tensorflow/tfjs';
import { type Chance, chosen, drawn } from './chosen.js';

/**
 * Pictures `[batch, height, width, channels]` made brighter by -0.5 … 0.5, of 0 to 2 times their saturation, and of 0.5 to 1.5 times their contrast, in
 * this order; opacity stays (DiffAugment's "color", 2006.10738, appendix).
 */
export function changeColours(pictures: tf.Tensor4D, chance: Chance): tf.Tensor4D {
  if (pictures.shape[3] === 4) {
    const [colours, opacity] = tf.split(pictures, [3, 1], 3) as [tf.Tensor4D, tf.Tensor4D];
    return tf.concat([changeColours(colours, chance), opacity], 3);
  }
  const batch = pictures.shape[0];
  const { random } = chance;
  const change = chosen(batch, chance);
  const factor = (low: number, high: number) => tf.add(1, tf.mul(change, drawn(batch, random, low - 1, high - 1)));
  const brighter = tf.add(pictures, tf.mul(change, drawn(batch, random, -0.5, 0.5)));
  const saturated = aroundMean(brighter, [3], factor(0, 2));
  return aroundMean(saturated, [1, 2, 3], factor(0.5, 1.5));
}

/** Moves values away from their mean over some axes, or towards it. */
function aroundMean(pictures: tf.Tensor, axes: number[], factor: tf.Tensor): tf.Tensor4D {
  const mean = tf.mean(pictures, axes, true);
  return tf.add(mean, tf.mul(tf.sub(pictures, mean), factor));
}
