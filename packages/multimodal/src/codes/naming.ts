import * as tf from '@tensorflow/tfjs';

/**
 * How badly codes name what a form is made of: the cross-entropy, in nats, between the shares of its pieces and a softmax over how near each piece lies to the
 * code (as image features learn from captions as bags of words, 1511.02251). A contrast of pairs only has to tell a thing from those beside it, and
 * leaves out what seldom tells things apart. Borrows everything.
 *
 * @param nearness of codes of another form to each piece, cosines, `[batch, count]`
 * @param shares of each piece, rows of sum 1, or of zeros where nothing is known
 * @param present 1 for rows that really have both forms, else 0, `[batch]`
 * @param temperature by which cosines are divided
 * @returns the mean over rows that say something, 0 if there are none; differentiable
 */
export function naming(nearness: tf.Tensor, shares: tf.Tensor2D, present: tf.Tensor1D, temperature: number): tf.Scalar {
  const said = tf.mul(shares, tf.expandDims(present, 1));
  const crossEntropy = tf.neg(tf.sum(tf.mul(tf.logSoftmax(tf.div(nearness, temperature)), said)));
  return tf.div(crossEntropy, tf.maximum(tf.sum(said), 1));
}
