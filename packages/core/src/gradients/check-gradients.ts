import * as tf from '@tensorflow/tfjs';
import { Random } from '../random/random.js';

/** Half the distance between the two points of a difference quotient: small against the curvature, large against float32. */
const STEP = 1e-2;
/** More entries than this are checked by sample. */
const MOST_ENTRIES = 12;

/**
 * For tests: how far the gradient of Σ f(x) lies from central differences, relative to the largest entry. Good ones come below 0.01.
 *
 * @param x borrowed
 */
export async function gradientError(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): Promise<number> {
  return compare((at) => tf.tidy(() => tf.sum(f(at))), x);
}

/**
 * For tests: the same for the gradient by w of ‖d/dx Σ f(x, w)‖², which is what a gradient penalty asks of a critic f.
 *
 * @param x borrowed
 * @param w borrowed
 */
export async function penaltyGradientError(
  f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  w: tf.Tensor,
): Promise<number> {
  const squaredNorm = (at: tf.Tensor) => tf.tidy(() => tf.sum(tf.square(tf.grad((input: tf.Tensor) => tf.sum(f(input, at)))(x))));
  return compare(squaredNorm, w);
}

/** For tests: a tensor of values in -1…1, the same for the same seed. The caller owns it. */
export function randomTensor(shape: number[], seed: number): tf.Tensor {
  return Random.fromSeed(seed).uniformTensor(shape as [number], -1, 1);
}

async function compare(loss: (at: tf.Tensor) => tf.Tensor, point: tf.Tensor): Promise<number> {
  const gradient = tf.tidy(() => tf.grad(loss)(point));
  const computed = await gradient.data();
  const values = (await point.data()).slice() as Float32Array;
  gradient.dispose();
  let largestError = 0;
  let largest = 1e-3;
  const stride = Math.max(1, Math.floor(values.length / MOST_ENTRIES));
  for (let entry = 0; entry < values.length; entry += stride) {
    const around: number[] = [];
    for (const step of [STEP, -STEP]) {
      const moved = values.slice();
      moved[entry]! += step;
      const result = tf.tidy(() => loss(tf.tensor(moved, point.shape)));
      around.push((await result.data())[0]!);
      result.dispose();
    }
    const expected = (around[0]! - around[1]!) / (2 * STEP);
    largest = Math.max(largest, Math.abs(expected));
    largestError = Math.max(largestError, Math.abs(expected - computed[entry]!));
  }
  return largestError / largest;
}
