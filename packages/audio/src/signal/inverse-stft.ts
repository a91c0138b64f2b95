import { positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { fourierMatrices } from './fourier-matrices.js';
import { overlapAdd } from './frames.js';
import type { Spectrum } from './stft.js';
import { type ResolvedStftOptions, resolveStft, type StftOptions } from './stft-options.js';

/** Options of {@link inverseStft}. */
export interface InverseStftOptions extends StftOptions {
  /** Samples in the result. */
  readonly length: number;
}

/** Where the windows add up to less than this, nothing is known of the signal. */
const TINY = 1e-8;

/**
 * The signal whose {@link stft} is nearest to a spectrum in the least-squares sense (Griffin & Lim 1984, equation 6); exactly the signal that the
 * spectrum was made from, as far as the windows cover it. It has gradients of every order.
 *
 * @param spectrum `[batch, frames, frameLength / 2 + 1]`; borrowed
 * @param options those that the spectrum was made with
 * @returns `[batch, length]`; the caller owns it
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if the spectrum has other bins than the options say
 */
export function inverseStft({ real, imaginary }: Spectrum, { length, ...options }: InverseStftOptions): tf.Tensor2D {
  const resolved = resolveStft('inverseStft', options);
  resolveOptions('inverseStft', { length }, { length: positiveInteger() });
  const { frameLength, window } = resolved;
  const [batch, count, bins] = real.shape;
  if (bins !== frameLength / 2 + 1) {
    throw new Error(
      `inverseStft: frames of ${frameLength} samples have ${frameLength / 2 + 1} bins, got ${bins}; give the options of the stft`,
    );
  }
  return tf.tidy(() => {
    const matrix = tf.tensor2d(fourierMatrices(frameLength, window).inverse, [2 * bins, frameLength]);
    const both = tf.concat([real, imaginary], 2).reshape([batch * count, 2 * bins]);
    const frames = tf.matMul(both, matrix).reshape([batch, count, frameLength]) as tf.Tensor3D;
    return tf.mul(overlapAdd(frames, resolved, length), tf.tensor1d(shareOfEach(count, length, resolved))) as tf.Tensor2D;
  });
}

/** One over the sum of the squared windows at each sample. */
function shareOfEach(
  count: number,
  length: number,
  { frameLength, hopLength, centred, window: name }: ResolvedStftOptions,
): Float32Array {
  const { window } = fourierMatrices(frameLength, name);
  const sums = new Float32Array(length);
  for (let frame = 0; frame < count; frame++) {
    const start = frame * hopLength - (centred ? frameLength / 2 : 0);
    const end = Math.min(frameLength, length - start);
    for (let i = Math.max(0, -start); i < end; i++) sums[start + i]! += window[i]! ** 2;
  }
  return sums.map((sum) => (sum > TINY ? 1 / sum : 0));
}
