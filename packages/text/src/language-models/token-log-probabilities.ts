import * as tf from '@tensorflow/tfjs';

/** Probabilities below this read as this: no 32-bit float is much smaller. */
const SMALLEST = 1e-37;

/**
 * The log-probability (nats) of one token per row under softmax(features · kernel + bias), `[rows]`. Differentiable once, with respect to features,
 * kernel and bias. Borrows all.
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
    const [x, w, b] = inputs as tf.Tensor[];
    const save = inputs.at(-1) as tf.GradSaveFunc;
    const probabilities = tf.softmax(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b!)) as tf.Tensor2D;
    const places = tf.add(tf.range(0, rows * vocabulary, vocabulary, 'int32'), tokens);
    const chosen = tf.gather(tf.reshape(probabilities, [rows * vocabulary]), places);
    save([x!, w!, probabilities]);
    return {
      value: tf.log(tf.maximum(chosen, SMALLEST)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [features, kernel, p] = saved as tf.Tensor2D[];
        const scale = tf.reshape(dy, [rows, 1]);
        // A column of ones makes the bias one more row of the kernel.
        const scaled = tf.mul(tf.concat([features!, tf.ones([rows, 1])], 1), scale) as tf.Tensor2D;
        const ofChosen = tf.transpose(tf.unsortedSegmentSum(scaled, tokens, vocabulary));
        const ofWeights = tf.sub(ofChosen, tf.matMul(scaled, p!, true, false));
        const ofFeatures = tf.sub(tf.gather(tf.transpose(kernel!), tokens), tf.matMul(p!, kernel!, false, true));
        return [
          tf.mul(ofFeatures, scale),
          tf.slice(ofWeights, [0, 0], [hidden, vocabulary]),
          tf.reshape(tf.slice(ofWeights, [hidden, 0], [1, vocabulary]), [vocabulary]),
        ];
      },
    };
  });
  return withGradient(features, kernel, bias) as tf.Tensor1D;
}
