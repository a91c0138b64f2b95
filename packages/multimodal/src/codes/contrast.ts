import * as tf from '@tensorflow/tfjs';

/** Codes of one modality and the rows that really have it. */
export interface CodedRows {
  /** Of length 1, `[batch, dimensions]`. */
  readonly codes: tf.Tensor;
  /** 1 or 0 for each row, `[batch]`. */
  readonly present: tf.Tensor1D;
}

/** Far below every similarity: what is not there is never taken for a partner. */
const NEVER = -1e4;

/** What {@link contrast} gives, for rows that have both forms; 0 if there are none. */
export interface Contrast {
  /** Mean cross-entropy in nats. Differentiable. */
  readonly loss: tf.Scalar;
  /** Share of rows whose partner is the most similar. */
  readonly accuracy: tf.Scalar;
}

/**
 * How badly codes of two forms of the same thing are told from codes of different things: each row has to find its partner among all of the batch, in
 * both directions (InfoNCE, 1807.03748, equation 4; symmetric as in 2103.00020, figure 3). Borrows everything.
 *
 * @param temperature by which similarities, cosines, are divided
 */
export function contrast(a: CodedRows, b: CodedRows, temperature: number): Contrast {
  const both = tf.mul(a.present, b.present);
  const count = tf.maximum(tf.sum(both), 1);
  const similarities = tf.div(tf.matMul(a.codes as tf.Tensor2D, b.codes as tf.Tensor2D, false, true), temperature);
  const partners = tf.eye(a.codes.shape[0]!);
  const oneWay = (rows: tf.Tensor, present: tf.Tensor1D) => {
    const possible = tf.add(rows, tf.mul(NEVER, tf.sub(1, present)));
    const crossEntropy = tf.neg(tf.sum(tf.mul(tf.logSoftmax(possible), partners), 1));
    const right = tf.cast(tf.equal(tf.argMax(possible, 1), tf.range(0, partners.shape[0], 1, 'int32')), 'float32');
    return [crossEntropy, right].map((each) => tf.div(tf.sum(tf.mul(each, both)), count));
  };
  const [toB, rightB] = oneWay(similarities, b.present);
  const [toA, rightA] = oneWay(tf.transpose(similarities), a.present);
  return {
    loss: tf.div(tf.add(toA!, toB!), 2) as tf.Scalar,
    accuracy: tf.div(tf.add(rightA!, rightB!), 2) as tf.Scalar,
  };
}
