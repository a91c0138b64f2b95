import * as tf from '@tensorflow/tfjs';

/**
 * The gradient of gather: as TensorFlow.js has it where the engine can sum by segments, else as the product with a one-hot matrix.
 *
 * @throws on such an engine, for a gather over batches (`batchDims` above 0)
 */
export function gatherGradient(): tf.GradConfig {
  const original = tf.getGradient('GatherV2');
  return {
    ...original,
    gradFunc(dy, saved, attributes) {
      if (tf.getKernel('UnsortedSegmentSum', tf.getBackend())) return original.gradFunc(dy, saved, attributes);
      const [x, indices] = saved as [tf.Tensor, tf.Tensor];
      if (attributes.batchDims) throw new Error(`gather: the engine '${tf.getBackend()}' has no gradient for batchDims above 0`);
      const axis = tf.util.parseAxisParam(attributes.axis as number, x.shape)[0]!;
      return { x: () => sumByIndex(dy as tf.Tensor, indices, axis, x.shape) };
    },
  };
}

/** Adds up the slices of `dy` along `axis` that came from the same index. */
function sumByIndex(dy: tf.Tensor, indices: tf.Tensor, axis: number, shape: number[]): tf.Tensor {
  const outer = tf.util.sizeFromShape(shape.slice(0, axis));
  const inner = tf.util.sizeFromShape(shape.slice(axis + 1));
  const chosen = tf.oneHot(tf.reshape(indices, [indices.size]) as tf.Tensor1D, shape[axis]!, 1, 0, 'float32');
  const values = tf.reshape(dy, [outer, indices.size, inner]);
  const sums =
    outer === 1
      ? tf.matMul(chosen, tf.reshape(values, [indices.size, inner]), true)
      : tf.matMul(tf.tile(tf.expandDims(chosen, 0), [outer, 1, 1]), values, true);
  return tf.reshape(sums, shape);
}
