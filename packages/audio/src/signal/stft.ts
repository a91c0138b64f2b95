import * as tf from '@tensorflow/tfjs';
import { fourierMatrices } from './fourier-matrices.js';
import { framesOf } from './frames.js';
import { resolveStft, type StftOptions } from './stft-options.js';

/** A spectrum over time. */
export interface Spectrum {
  /** `[batch, frames, bins]` */
  readonly real: tf.Tensor3D;
  /** `[batch, frames, bins]` */
  readonly imaginary: tf.Tensor3D;
}

/** Keeps the slope of the magnitude finite in silence; far below what 16 bits can hold. */
const SILENCE = 1e-12;

/**
 * The short-time Fourier transform, with the scale of librosa's `stft`. It has gradients of every order: frames are slices, and the transform of each
 * is a product with a matrix.
 *
 * @param signals `[batch, samples]`; borrowed
 * @returns real and imaginary parts `[batch, frames, frameLength / 2 + 1]`; the caller owns them
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if a signal is shorter than a frame that is not centred
 */
export function stft(signals: tf.Tensor2D, options: StftOptions): Spectrum {
  const resolved = resolveStft('stft', options);
  const { forward, bins } = fourierMatrices(resolved.frameLength, resolved.window);
  const [real, imaginary] = tf.tidy(() => {
    const frames = framesOf(signals, resolved);
    const [batch, count, length] = frames.shape;
    const matrix = tf.tensor2d(forward, [length, 2 * bins]);
    const both = tf.matMul(frames.reshape([batch * count, length]), matrix).reshape([batch, count, 2, bins]);
    return tf.unstack(both, 2) as tf.Tensor3D[];
  });
  return { real: real!, imaginary: imaginary! };
}

/**
 * The magnitudes of the {@link stft}. Its gradient is finite in silence too.
 *
 * @param signals `[batch, samples]`; borrowed
 * @returns `[batch, frames, frameLength / 2 + 1]`; the caller owns it
 */
export function magnitudeSpectrogram(signals: tf.Tensor2D, options: StftOptions): tf.Tensor3D {
  return tf.tidy(() => tf.sqrt(tf.add(powerSpectrogram(signals, options), SILENCE) as tf.Tensor3D));
}

/**
 * The squared magnitudes of the {@link stft}.
 *
 * @param signals `[batch, samples]`; borrowed
 * @returns `[batch, frames, frameLength / 2 + 1]`; the caller owns it
 */
export function powerSpectrogram(signals: tf.Tensor2D, options: StftOptions): tf.Tensor3D {
  return tf.tidy(() => {
    const { real, imaginary } = stft(signals, options);
    return tf.add(tf.square(real), tf.square(imaginary)) as tf.Tensor3D;
  });
}
