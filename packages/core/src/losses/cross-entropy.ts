import * as tf from '@tensorflow/tfjs';

/**
 * The mean of -ln p(right class) over a batch, p being the softmax of logits. Borrows the tensors; the caller owns the scalar.
 *
 * @param logits `[batch, classes]`
 * @param labels int32 `[batch]`
 * @throws if there are no labels
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D | undefined): tf.Scalar {
  const classes = logits.shape[1];
  if (!labels) throw new Error(`a model of ${classes} classes needs the label of each sample, got none`);
  return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(tf.oneHot(labels, classes), tf.logSoftmax(logits)), 1))));
}
