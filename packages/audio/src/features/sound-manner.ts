import * as tf from '@tensorflow/tfjs';
import { LogMel } from '../layers/log-mel.js';

/** What {@link soundManner} is built from. */
export interface SoundMannerShape {
  /** Samples of a sound. */
  readonly length: number;
  readonly channels: number;
  /** In Hz. */
  readonly sampleRate: number;
}

const BANDS = 40;
/** Frames are about so long, in seconds: long enough to tell the harmonics of a voice from each other. */
const FRAME_SECONDS = 0.064;

/**
 * What a sound is like all along, whatever is said: the cepstrum of its mean log-mel spectrum, `[batch, length, channels]` to `[batch, dimensions]`. Its first numbers tell
 * loudness and length, brightness, and the voice. Nothing in it is trained.
 */
export function soundManner({ length, channels, sampleRate }: SoundMannerShape, dimensions: number): tf.LayersModel {
  const frameLength = Math.max(64, 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate)));
  const sound = tf.input({ shape: [length, channels] });
  const spectrogram = new LogMel({ sampleRate, frameLength, hopLength: frameLength, bands: BANDS }).apply(
    sound,
  ) as tf.SymbolicTensor;
  const frames = tf.layers.reshape({ targetShape: [spectrogram.shape[1]!, BANDS] }).apply(spectrogram);
  const mean = tf.layers.globalAveragePooling1d({}).apply(frames) as tf.SymbolicTensor;
  const cosines = tf.layers.dense({ units: dimensions, useBias: false, trainable: false });
  const cepstrum = cosines.apply(mean) as tf.SymbolicTensor;
  tf.tidy(() => cosines.setWeights([cosineTransform(BANDS, dimensions)]));
  return tf.model({ name: 'manner', inputs: sound, outputs: cepstrum });
}

/** The first columns of the cosine transform (DCT-II, orthonormal but for the first), `[length, count]`. */
function cosineTransform(length: number, count: number): tf.Tensor2D {
  const values = Array.from({ length }, (_, i) =>
    Array.from({ length: count }, (_, k) => Math.sqrt(2 / length) * Math.cos((Math.PI * k * (i + 0.5)) / length)),
  );
  return tf.tensor2d(values);
}
