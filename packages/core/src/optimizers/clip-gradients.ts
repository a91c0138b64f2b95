import * as tf from '@tensorflow/tfjs';

/** Every gradient's elements kept within -limit … limit. Borrows the gradients; the caller owns the results. */
export function clipByValue(gradients: tf.NamedTensorMap, limit: number): tf.NamedTensorMap {
  return mapTensors(gradients, (gradient) => tf.clipByValue(gradient, -limit, limit));
}

/** All gradients scaled down together so that their common norm is at most `limit` (1211.5063). */
export function clipByGlobalNorm(gradients: tf.NamedTensorMap, limit: number): tf.NamedTensorMap {
  return tf.tidy(() => {
    const scale = tf.minimum(1, tf.div(limit, tf.add(globalNorm(gradients), 1e-12)));
    return mapTensors(gradients, (gradient) => tf.mul(gradient, scale));
  });
}

/** The root of the sum of the squares of all elements, a scalar. Borrows the gradients. */
export function globalNorm(gradients: tf.NamedTensorMap): tf.Scalar {
  return tf.tidy(() => tf.sqrt(tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)) as tf.Scalar))));
}

function mapTensors(tensors: tf.NamedTensorMap, map: (tensor: tf.Tensor) => tf.Tensor): tf.NamedTensorMap {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)]));
}
