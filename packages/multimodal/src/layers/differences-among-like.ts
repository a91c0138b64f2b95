import * as tf from '@tensorflow/tfjs';

/** What cosines of codes are multiplied by: of ten kinds of things, those of one kind nearly alone are compared. */
const SHARPNESS = 10;
/** Far below every likeness: nothing is compared with itself. */
const NEVER = -1e4;

/**
 * How different each row is from those of the batch that have codes like its own, trait by trait: `[batch, traits]`. A critic that sees one sample at a time cannot
 * tell that all samples of a code are the same one; by these differences it can (as by minibatch discrimination, 1606.03498, section 3.2, but among samples that are to
 * be alike only as far as their codes are). Borrows everything; differentiable.
 *
 * @param traits of the samples, `[batch, traits]`, two rows at least
 * @param codes of the samples, of length 1, `[batch, dimensions]`
 */
export function differencesAmongLike(traits: tf.Tensor, codes: tf.Tensor): tf.Tensor2D {
  const cosines = tf.matMul(codes as tf.Tensor2D, codes as tf.Tensor2D, false, true);
  const themselves = tf.mul(NEVER, tf.eye(codes.shape[0]!));
  const likeness = tf.softmax(tf.add(tf.mul(SHARPNESS, cosines), themselves), 1);
  const differences = tf.abs(tf.sub(tf.expandDims(traits, 1), tf.expandDims(traits, 0)));
  return tf.sum(tf.mul(tf.expandDims(likeness, 2), differences), 1) as tf.Tensor2D;
}

/** {@link differencesAmongLike} as a layer: `[traits, codes]` to differences. */
export class DifferencesAmongLike extends tf.layers.Layer {
  static readonly className = 'PolyganDifferencesAmongLike';

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [traits, codes] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => differencesAmongLike(traits, codes));
  }
}
