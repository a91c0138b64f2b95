import * as tf from '@tensorflow/tfjs';

/**
 * At each place of a map, the mean of the values at all places, weighed by the softmax of how alike that place's query and their keys are (1805.08318,
 * equations 1 and 2). Takes `[queries, keys, values]`, maps `[batch, height, width, n]`; gives a map as the values are.
 */
export class AttentionSum extends tf.layers.Layer {
  static readonly className = 'PolyganAttentionSum';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[2]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const maps = inputs as tf.Tensor4D[];
      const [queries, keys, values] = maps.map((map) => {
        const [batch, height, width, channels] = map.shape;
        return map.reshape([batch, height * width, channels]);
      }) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      const weights = tf.softmax(tf.matMul(queries, keys, false, true));
      return tf.matMul(weights, values).reshape(maps[2]!.shape);
    });
  }
}
