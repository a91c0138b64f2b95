import * as tf from '@tensorflow/tfjs';
import { logMelSpectrogram } from '../signal/log-mel-spectrogram.js';

/** How {@link LogMel} is made. */
export interface LogMelConfig {
  /** In Hz. */
  readonly sampleRate: number;
  /** Samples in a frame, even. */
  readonly frameLength: number;
  /** Samples from frame to frame. */
  readonly hopLength: number;
  readonly bands: number;
}

/** ln(10⁻⁵) and ln(10) of the logarithmic powers lie at -1 and 1: what speech and drums take up. */
const MIDDLE = -4.6;
const SPREAD = 6.9;

/**
 * A layer that turns sounds `[batch, samples, channels]` in -1…1 into log-mel spectrograms of the mean of their channels, `[batch, frames, bands, 1]`,
 * about -1…1.
 */
export class LogMel extends tf.layers.Layer {
  static readonly className = 'PolyganLogMel';
  readonly #config: LogMelConfig;

  constructor({ sampleRate, frameLength, hopLength, bands, ...config }: LogMelConfig & { name?: string }) {
    super(config as object);
    this.#config = { sampleRate, frameLength, hopLength, bands };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config };
  }

  override computeOutputShape([batch, samples]: tf.Shape): tf.Shape {
    return [batch!, 1 + Math.floor(samples! / this.#config.hopLength), this.#config.bands, 1];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const sounds = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor3D;
      const spectrogram = logMelSpectrogram(tf.mean(sounds, 2), this.#config);
      return tf.div(tf.sub(spectrogram, MIDDLE), SPREAD).expandDims(3);
    });
  }

  override getClassName(): string {
    return LogMel.className;
  }
}
