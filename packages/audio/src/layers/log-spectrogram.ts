import * as tf from '@tensorflow/tfjs';
import { powerSpectrogram } from '../signal/stft.js';

/** Power at which silence ends, against the power of a full tone: -60 dB. Generated silence is never exact, and need not be. */
const FLOOR = 1e-6;

/** How {@link logSpectrogram} cuts a sound. */
export interface LogSpectrogramConfig {
  /** Samples in a frame, even. */
  readonly frameLength: number;
  /** Samples from frame to frame. */
  readonly hopLength: number;
}

/**
 * The spectrogram of a sound as a picture that a network can judge: the logarithm of each bin's power above 0 Hz, from -1 (silence, -60 dB or less) to 1
 * (a tone as loud as can be).
 *
 * @param sounds `[batch, samples, channels]` in -1…1; borrowed
 * @returns `[batch, samples / hopLength, frameLength / 2, channels]`; the caller owns it
 */
export function logSpectrogram(sounds: tf.Tensor, framing: LogSpectrogramConfig): tf.Tensor4D {
  const { frameLength, hopLength } = framing;
  return tf.tidy(() => {
    const [batch, samples, channels] = sounds.shape as [number, number, number];
    const [frames, bins] = [Math.floor(samples / hopLength), frameLength / 2];
    const signals = tf.reshape(tf.transpose(sounds, [0, 2, 1]), [batch * channels, samples]) as tf.Tensor2D;
    const power = tf.slice(powerSpectrogram(signals, { frameLength, hopLength }), [0, 0, 1], [-1, frames, bins]);
    // The Hann window's values add up to half the frame's length, and a real tone has half of its amplitude at each of two bins.
    const relative = tf.mul(power, (4 / frameLength) ** 2);
    const decades = tf.div(tf.log(tf.add(relative, FLOOR)), Math.LN10);
    const scaled = tf.add(tf.mul(decades, -2 / Math.log10(FLOOR)), 1);
    return tf.transpose(tf.reshape(scaled, [batch, channels, frames, bins]), [0, 2, 3, 1]) as tf.Tensor4D;
  });
}

/** {@link logSpectrogram} as a layer. */
export class LogSpectrogram extends tf.layers.Layer {
  static readonly className = 'PolyganLogSpectrogram';
  readonly #frameLength: number;
  readonly #hopLength: number;

  constructor({ frameLength, hopLength, ...config }: LogSpectrogramConfig & ConstructorParameters<typeof tf.layers.Layer>[0]) {
    super(config);
    this.#frameLength = frameLength;
    this.#hopLength = hopLength;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), frameLength: this.#frameLength, hopLength: this.#hopLength };
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, samples, channels] = inputShape as [number | null, number, number];
    return [batch, Math.floor(samples / this.#hopLength), this.#frameLength / 2, channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const sounds = Array.isArray(inputs) ? inputs[0]! : inputs;
    return logSpectrogram(sounds, { frameLength: this.#frameLength, hopLength: this.#hopLength });
  }
}
