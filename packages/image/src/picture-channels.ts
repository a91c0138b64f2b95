import * as tf from '@tensorflow/tfjs';
import type { PictureChannels } from './pictures.js';

/** How bright red, green and blue are, by Rec. 601. */
const BRIGHTNESS = [0.299, 0.587, 0.114];

/**
 * Pictures `[batch, height, width, n]` with so many channels: grey is brightness, opacity is full where there was none. Inside `tf.tidy`.
 *
 * @param background what is laid under transparent pictures that are to be opaque, in -1…1
 */
export function withChannels(pictures: tf.Tensor4D, channels: PictureChannels | undefined, background: number): tf.Tensor4D {
  const got = pictures.shape[3];
  if (channels === undefined || channels === got) return pictures;
  if (got === 4) return withChannels(opaque(pictures, background), channels, background);
  if (got === 1) return withChannels(tf.tile(pictures, [1, 1, 1, 3]), channels, background);
  if (channels === 4) return tf.concat([pictures, tf.onesLike(pictures.slice([0, 0, 0, 0], [-1, -1, -1, 1]))], 3);
  return tf.sum(tf.mul(pictures, tf.tensor1d(BRIGHTNESS)), 3, true);
}

/** Pictures with opacity, laid on a background. */
function opaque(pictures: tf.Tensor4D, background: number): tf.Tensor4D {
  const [colours, opacity] = tf.split(pictures, [3, 1], 3) as [tf.Tensor4D, tf.Tensor4D];
  // Colours are multiplied by their opacity already, counted from black, which is -1.
  return tf.add(colours, tf.mul(tf.sub(1, opacity), (background + 1) / 2));
}
