import * as tf from '@tensorflow/tfjs';

/**
 * Points on the way from `a` to `b`.
 *
 * @param a `[dimensions]` or `[1, dimensions]`, borrowed
 * @param b likewise
 * @param fractions how far along each point lies: 0 at `a`, 1 at `b`
 * @returns `[fractions, dimensions]`, which the caller owns
 */
export type Interpolation = (a: tf.Tensor, b: tf.Tensor, fractions: readonly number[]) => tf.Tensor2D;

/** Along the straight line. */
export const interpolateLinear: Interpolation = (a, b, fractions) =>
  tf.tidy(() => {
    const along = tf.tensor2d([...fractions], [fractions.length, 1]);
    return combine(a, b, tf.sub(1, along), along);
  });

/**
 * Along the great circle: sin((1-t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b, where Ω is the angle between `a` and `b` (White 2016, arXiv 1609.04468).
 *
 * Deviation: where the two point the same way, or opposite ways, the line, since the circle is not defined.
 */
export const interpolateSpherical: Interpolation = (a, b, fractions) =>
  tf.tidy(() => {
    const along = tf.tensor2d([...fractions], [fractions.length, 1]);
    const cosine = tf.div(tf.sum(tf.mul(a, b)), tf.mul(tf.norm(a), tf.norm(b)));
    const angle = tf.acos(tf.clipByValue(cosine, -1, 1));
    const sine = tf.sin(angle);
    const isCircle = tf.greater(sine, 1e-3);
    const share = (part: tf.Tensor) => tf.where(isCircle, tf.div(tf.sin(tf.mul(part, angle)), tf.maximum(sine, 1e-3)), part);
    return combine(a, b, share(tf.sub(1, along)), share(along));
  });

function combine(a: tf.Tensor, b: tf.Tensor, shareOfA: tf.Tensor, shareOfB: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.mul(shareOfA, tf.reshape(a, [1, a.size])), tf.mul(shareOfB, tf.reshape(b, [1, b.size])));
}
