import * as tf from '@tensorflow/tfjs';

/** The sum of a map over all its places, `[batch, height, width, channels]` to `[batch, channels]`. */
export function sumOverPlaces(map: tf.SymbolicTensor): tf.SymbolicTensor {
  const [, height, width] = map.shape as [null, number, number, number];
  const mean = tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(map);
  return tf.layers.rescaling({ scale: height * width, offset: 0 }).apply(mean) as tf.SymbolicTensor;
}
