import * as tf from '@tensorflow/tfjs';

/**
 * Mean cross entropy between targets and the sigmoid of logits: -t log σ(x) - (1-t) log(1 - σ(x)), computed as
 * t softplus(-x) + (1-t) softplus(x), which stays finite for every logit.
 *
 * @param logits any shape
 * @param targets probabilities 0…1: one for all, or a tensor that broadcasts to the shape of `logits`
 * @returns a scalar that the caller owns
 */
export function binaryCrossEntropy(logits: tf.Tensor, targets: number | tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    if (targets === 1) return tf.mean(tf.softplus(tf.neg(logits)));
    if (targets === 0) return tf.mean(tf.softplus(logits));
    const positive = tf.mul(targets, tf.softplus(tf.neg(logits)));
    const negative = tf.mul(tf.sub(1, targets), tf.softplus(logits));
    return tf.mean(tf.add(positive, negative));
  });
}
