import * as tf from '@tensorflow/tfjs';
import { LOGITS } from './text-networks.js';

/** How badly a text generator makes texts, one-hot `[batch, length, vocabulary]`, from its inputs: nats a text, by the logits that its tokens come from. */
export function textReconstruction(generator: tf.LayersModel): (inputs: tf.Tensor | tf.Tensor[], texts: tf.Tensor) => tf.Scalar {
  // It shares the generator's layers, and owns nothing.
  const logits = tf.model({
    inputs: generator.inputs,
    outputs: generator.getLayer(LOGITS).output as tf.SymbolicTensor,
  });
  return (inputs, texts) =>
    tf.tidy(() => {
      const probabilities = tf.logSoftmax(logits.apply(inputs, { training: true }) as tf.Tensor);
      return tf.neg(tf.mean(tf.sum(tf.mul(texts, probabilities), [1, 2]))) as tf.Scalar;
    });
}
