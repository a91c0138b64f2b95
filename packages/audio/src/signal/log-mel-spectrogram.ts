import * as tf from '@tensorflow/tfjs';
import { type MelOptions, melFilterbank } from './mel-filterbank.js';
import { powerSpectrogram } from './stft.js';
import type { StftOptions } from './stft-options.js';

/** Options of {@link logMelSpectrogram}. */
export interface LogMelOptions extends StftOptions, MelOptions {}

/** Power at which silence ends; keeps the logarithm finite. */
const FLOOR = 1e-5;

/**
 * ln(mel power + 10⁻⁵): how sound is best shown to a network that must tell sounds apart. Bands as {@link melFilterbank} makes them. It has gradients of
 * every order.
 *
 * @param signals `[batch, samples]` in -1…1; borrowed
 * @returns `[batch, frames, bands]`; the caller owns it
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function logMelSpectrogram(
  signals: tf.Tensor2D,
  { sampleRate, bands, minFrequency, maxFrequency, ...framing }: LogMelOptions,
): tf.Tensor3D {
  const filters = melFilterbank(framing.frameLength, { sampleRate, bands, minFrequency, maxFrequency });
  return tf.tidy(() => {
    const power = powerSpectrogram(signals, framing);
    const [batch, frames, bins] = power.shape;
    const mel = tf.matMul(power.reshape([batch * frames, bins]), tf.tensor2d(filters, [bins, filters.length / bins]));
    return tf.log(tf.add(mel, FLOOR)).reshape([batch, frames, filters.length / bins]) as tf.Tensor3D;
  });
}
