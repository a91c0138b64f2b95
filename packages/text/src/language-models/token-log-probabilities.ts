import { stopGradient } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Probabilities below this read as this: no 32-bit float is much smaller. */
const SMALLEST = 1e-37;

/**
 * The log-probability (nats) of one token per row under softmax(features · kernel + bias), `[rows]`. Differentiable once, with respect to features,
 * kernel and bias. Inside `tf.tidy`. Borrows all.
 *
 * The gradient of logits is never made: it is a row of probabilities less a one-hot row, and both parts have short ways to the weights. So the
 * only large arrays are the logits and the probabilities.
 *
 * @param features `[rows, hidden]`
 * @param kernel `[hidden, vocabulary]`
 * @param tokens int32 `[rows]`
 */
export function tokenLogProbabilities(
  features: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  tokens: tf.Tensor1D,
): tf.Tensor1D {
  const [rows] = features.shape;
  const [hidden, vocabulary] = kernel.shape;
  const withGradient = tf.customGrad((...inputs) => {
    const [x, w, , p] = inputs as tf.Tensor[];
    (inputs.at(-1) as tf.GradSaveFunc)([x!, w!, p!]);
    const places = tf.add(tf.range(0, rows * vocabulary, vocabulary, 'int32'), tokens);
    const chosen = tf.gather(tf.reshape(p!, [rows * vocabulary]), places);
    return {
      value: tf.log(tf.maximum(chosen, SMALLEST)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [features, kernel, probabilities] = saved as tf.Tensor2D[];
        const scale = tf.reshape(dy, [rows, 1]);
        // A column of ones makes the bias one more row of the kernel.
        const scaled = tf.mul(tf.concat([features!, tf.ones([rows, 1])], 1), scale) as tf.Tensor2D;
        const ofChosen = tf.transpose(tf.unsortedSegmentSum(scaled, tokens, vocabulary));
        const ofWeights = tf.sub(ofChosen, tf.matMul(scaled, probabilities!, true, false));
        const ofFeatures = tf.sub(tf.gather(tf.transpose(kernel!), tokens), tf.matMul(probabilities!, kernel!, false, true));
        return [
          tf.mul(ofFeatures, scale),
          tf.slice(ofWeights, [0, 0], [hidden, vocabulary]),
          tf.reshape(tf.slice(ofWeights, [hidden, 0], [1, vocabulary]), [vocabulary]),
          tf.zerosLike(probabilities!),
        ];
      },
    };
  });
  // An input, because the forward part of a gradient may keep nothing else; and one that no gradient goes through.
  const probabilities = stopGradient(() => tf.softmax(tf.fused.matMul({ a: features, b: kernel, bias })));
  return withGradient(features, kernel, bias, probabilities) as tf.Tensor1D;
}
