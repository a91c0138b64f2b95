import * as tf from '@tensorflow/tfjs';
import { logSpectrogram } from '../layers/log-spectrogram.js';
import { SPECTRAL_RESOLUTIONS } from './spectral-critic.js';

/** What a mean difference of a whole spectrogram's range, 60 dB, counts for, against the distance to the prior. */
const WEIGHT = 50;

/**
 * How badly a generator makes sounds from its inputs: the mean difference of their log spectrograms, over {@link SPECTRAL_RESOLUTIONS}. Compared sample by sample, two sounds
 * that sound alike are as far apart as any two, because their phases differ.
 */
export function spectralReconstruction(
  generator: tf.LayersModel,
): (inputs: tf.Tensor | tf.Tensor[], sounds: tf.Tensor) => tf.Scalar {
  return (inputs, sounds) =>
    tf.tidy(() => {
      const made = generator.apply(inputs, { training: true }) as tf.Tensor;
      const differences = SPECTRAL_RESOLUTIONS.map((frameLength) => {
        const framing = { frameLength, hopLength: frameLength / 2 };
        return tf.mean(tf.abs(tf.sub(logSpectrogram(made, framing), logSpectrogram(sounds, framing))));
      });
      return tf.mul(WEIGHT, tf.addN(differences)) as tf.Scalar;
    });
}
