import type { Meter, Optimizer, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { SequenceDiscriminator, SharedBeginnings } from './sequence-discriminator.js';

/** How a discriminator is held back. */
export interface DiscriminatorRestraint {
  /** Share of features that dropout keeps. */
  readonly keep: number;
  /** Factor of half the squared weights of the last layer. */
  readonly l2: number;
}

/**
 * One update of a discriminator by cross-entropy over real and generated rows together; inside `tf.tidy`.
 *
 * @param real int32 `[n, length]`
 * @param generated int32 `[m, length]`
 */
export function discriminatorUpdate(
  discriminator: SequenceDiscriminator,
  optimizer: Optimizer,
  { real, generated }: { readonly real: tf.Tensor2D; readonly generated: tf.Tensor2D },
  { keep, l2 }: DiscriminatorRestraint,
  { random, samplesSeen, meter }: { readonly random: Random; readonly samplesSeen: number; readonly meter: Meter },
): void {
  const rows = tf.concat([generated, real]);
  const classes = tf.concat([tf.zeros([generated.shape[0]], 'int32'), tf.ones([real.shape[0]], 'int32')]);
  const targets = tf.cast(tf.oneHot(classes as tf.Tensor1D, 2), 'float32');
  const uniforms = random.uniformTensor([rows.shape[0], discriminator.features]);
  const factors = tf.div(tf.cast(tf.less(uniforms, keep), 'float32'), keep) as tf.Tensor2D;
  const { value, grads } = tf.variableGrads(() => {
    const logits = discriminator.logits(rows, factors);
    const right = tf.equal(tf.argMax(logits, 1), classes);
    meter.add('accuracy/discriminator', tf.mean(tf.cast(right, 'float32')));
    const entropy = tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1)));
    const size = tf.addN(discriminator.output.map((weight) => tf.sum(tf.square(weight))));
    return tf.add(entropy, tf.mul(l2 / 2, size)) as tf.Scalar;
  }, optimizer.variables);
  meter.add('loss/discriminator', value);
  optimizer.apply(grads, samplesSeen);
}

/** The probability of being real that a discriminator gives to rows, `[rows]`. Borrows them; the caller owns the result. */
export function realness(discriminator: SequenceDiscriminator, rows: tf.Tensor2D, shared?: SharedBeginnings): tf.Tensor1D {
  return tf.tidy(() => {
    const logits = discriminator.logits(rows, undefined, shared);
    return tf.reshape(tf.slice(tf.softmax(logits), [0, 1], [-1, 1]), [rows.shape[0]]);
  });
}
