import type { Batch, Dataset, Modality } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { audioModality, decodeSounds, type Sound } from '../sound.js';
import { logMagnitudes, type SpectrogramFraming, soundsOf, spectrogramSize } from './log-magnitudes.js';
import type { SpectrogramMoments } from './spectrogram-moments.js';

/** Beyond this many deviations values are cut off (1802.04208, section 3.2). */
const DEVIATIONS = 3;

/** What {@link spectrogramModality} must know. */
export interface SpectrogramModalityOptions extends SpectrogramFraming {
  /** In Hz. */
  readonly sampleRate: number;
  /** Of the sounds that it is for. */
  readonly moments: SpectrogramMoments;
  /** Rounds of Griffin and Lim's algorithm. */
  readonly griffinLimRounds: number;
}

/** Sounds as pictures, and back. */
export interface SpectrogramModality extends Modality<Sound> {
  /** Sounds `[batch, length, channels]` as pictures `[batch, frames, bins, channels]`. Borrows the sounds; the caller owns the pictures. */
  fromSounds(sounds: tf.Tensor): tf.Tensor4D;
  /** Pictures as sounds. Borrows the pictures; the caller owns the sounds. */
  toSounds(pictures: tf.Tensor): Promise<tf.Tensor3D>;
}

/**
 * Sounds as pictures of their logarithmic spectrograms (1802.04208, section 3.2): each frequency bin normalised by the mean and deviation that it has in
 * the data, cut off at 3 deviations, `[batch, frames, bins, channels]` in -1…1. Back to sound goes by Griffin and Lim's algorithm.
 */
export function spectrogramModality(options: SpectrogramModalityOptions): SpectrogramModality {
  const { length, channels, sampleRate, moments, griffinLimRounds } = options;
  const { frames, bins } = spectrogramSize(options);
  const sounds = audioModality({ length, channels: channels as 1 | 2, sampleRate });
  const row = (values: readonly number[]) => tf.tensor4d([...values], [1, 1, values.length, 1]);

  const fromSounds = (samples: tf.Tensor) =>
    tf.tidy(() => {
      const centred = tf.sub(logMagnitudes(samples, options), row(moments.mean));
      const scaled = tf.div(centred, tf.mul(row(moments.deviation), DEVIATIONS));
      return tf.clipByValue(tf.slice(scaled, [0, 0, 0, 0], [-1, -1, bins, -1]), -1, 1) as tf.Tensor4D;
    });
  const toSounds = async (pictures: tf.Tensor) => {
    const logarithms = tf.tidy(() => {
      // The bin that was left out has its mean.
      const whole = tf.pad(pictures as tf.Tensor4D, [[0, 0], [0, 0], [0, 1], [0, 0]]); // biome-ignore format: a table
      return tf.add(tf.mul(whole, tf.mul(row(moments.deviation), DEVIATIONS)), row(moments.mean));
    });
    const made = await soundsOf(logarithms, options, griffinLimRounds);
    logarithms.dispose();
    return made;
  };
  return {
    kind: 'audio',
    sampleShape: [frames, bins, channels],
    fromSounds,
    toSounds,
    encode: (given) => tf.tidy(() => fromSounds(sounds.encode(given))),
    async decode(pictures) {
      const made = await toSounds(pictures);
      const decoded = await decodeSounds(made, sampleRate);
      made.dispose();
      return decoded;
    },
  };
}

/** A set of sounds as a set of pictures, for the training of a {@link specGan}. */
export function spectrogramDataset(sounds: Dataset<Batch>, { fromSounds }: SpectrogramModality): Dataset<Batch> {
  return {
    ...sounds,
    async batch(indices, epochs) {
      const { samples, ...rest } = await sounds.batch(indices, epochs);
      const pictures = fromSounds(samples);
      samples.dispose();
      return { ...rest, samples: pictures };
    },
  };
}
