import * as tf from '@tensorflow/tfjs';
import { LOGITS } from './text-networks.js';
import { TokenDecoder } from './token-decoder.js';

/** How badly a text generator makes texts, one-hot `[batch, length, vocabulary]`, from its inputs: nats a text, by the logits that its tokens come from. */
export function textReconstruction(generator: tf.LayersModel): (inputs: tf.Tensor | tf.Tensor[], texts: tf.Tensor) => tf.Scalar {
  const logitsOf = generatorLogits(generator);
  return (inputs, texts) =>
    tf.tidy(() => {
      const probabilities = tf.logSoftmax(logitsOf(inputs, texts as tf.Tensor3D));
      return tf.neg(tf.mean(tf.sum(tf.mul(texts, probabilities), [1, 2]))) as tf.Scalar;
    });
}

function generatorLogits(generator: tf.LayersModel): (inputs: tf.Tensor | tf.Tensor[], texts: tf.Tensor3D) => tf.Tensor {
  const decoder = generator.layers.find((layer) => layer instanceof TokenDecoder);
  if (decoder) {
    return (inputs, texts) => decoder.logits((Array.isArray(inputs) ? tf.concat(inputs, 1) : inputs) as tf.Tensor2D, texts);
  }
  // It shares the generator's layers, and owns nothing.
  const logits = tf.model({ inputs: generator.inputs, outputs: generator.getLayer(LOGITS).output as tf.SymbolicTensor });
  return (inputs) => logits.apply(inputs, { training: true }) as tf.Tensor;
}
