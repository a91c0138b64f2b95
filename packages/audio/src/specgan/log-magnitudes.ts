import * as tf from '@tensorflow/tfjs';
import { griffinLim } from '../signal/griffin-lim.js';
import { powerSpectrogram } from '../signal/stft.js';

/** The lengths that frames can have, in samples. */
export const FRAME_LENGTHS = [64, 128, 256, 512, 1024, 2048] as const;

/** How sounds are laid out as pictures. */
export interface SpectrogramFraming {
  /** Samples of a sound, a multiple of half a frame. */
  readonly length: number;
  /** 1 mono, 2 stereo. */
  readonly channels: number;
  /** Samples in a frame, a power of two; the next begins half a frame later. */
  readonly frameLength: number;
}

/** Added to magnitudes before their logarithm (the authors' code, 1802.04208). */
const SILENCE = 1e-6;

/** Frames and bins of a picture: the bin of half the sample rate is left out. */
export function spectrogramSize({ length, frameLength }: SpectrogramFraming): { readonly frames: number; readonly bins: number } {
  return { frames: length / (frameLength / 2), bins: frameLength / 2 };
}

/**
 * The first frame begins half a frame before the sound, in silence, and the last ends where the sound does.
 *
 * Deviation from the authors' code, which fills the last frame up: samples that a single frame covers with the edge of its window come out of made-up pictures as
 * clicks, which matter more at the beginning of a sound.
 */
const stftOptions = ({ frameLength }: SpectrogramFraming) => ({ frameLength, hopLength: frameLength / 2, centred: false });

/**
 * ln(|X| + 10⁻⁶) of sounds, X being their short-time Fourier transform (1802.04208, section 3.2).
 *
 * @param sounds `[batch, length, channels]`; borrowed
 * @returns `[batch, frames, bins + 1, channels]`; the caller owns it
 */
export function logMagnitudes(sounds: tf.Tensor, framing: SpectrogramFraming): tf.Tensor4D {
  const { frames, bins } = spectrogramSize(framing);
  return tf.tidy(() => {
    const [batch, length, channels] = sounds.shape as [number, number, number];
    const signals = tf.reshape(tf.transpose(sounds, [0, 2, 1]), [batch * channels, length]);
    const padded = tf.pad(signals, [
      [0, 0],
      [framing.frameLength / 2, 0],
    ]) as tf.Tensor2D;
    const magnitudes = tf.sqrt(powerSpectrogram(padded, stftOptions(framing)));
    const logarithms = tf.log(tf.add(magnitudes, SILENCE));
    return tf.transpose(tf.reshape(logarithms, [batch, channels, frames, bins + 1]), [0, 2, 3, 1]) as tf.Tensor4D;
  });
}

/**
 * Sounds with given {@link logMagnitudes}, as nearly as there are some, by Griffin and Lim's algorithm. They fade out within the last half of a frame.
 *
 * @param logarithms `[batch, frames, bins + 1, channels]`; borrowed
 * @returns `[batch, length, channels]`; the caller owns it
 */
export async function soundsOf(logarithms: tf.Tensor, framing: SpectrogramFraming, iterations: number): Promise<tf.Tensor3D> {
  const { length, channels, frameLength } = framing;
  const [batch, frames, bins] = logarithms.shape as [number, number, number];
  const magnitudes = tf.tidy(() =>
    tf.reshape(tf.transpose(tf.exp(logarithms), [0, 3, 1, 2]), [batch * channels, frames, bins]),
  ) as tf.Tensor3D;
  const padded = await griffinLim(magnitudes, { ...stftOptions(framing), length: length + frameLength / 2, iterations });
  const sounds = tf.tidy(() => {
    const signals = tf.mul(tf.slice(padded, [0, frameLength / 2], [-1, length]), fadeOut(length, frameLength));
    return tf.transpose(tf.reshape(signals, [batch, channels, length]), [0, 2, 1]) as tf.Tensor3D;
  });
  tf.dispose([magnitudes, padded]);
  return sounds;
}

/** Factors of samples: 1, and at the end what the last frame's window leaves of them, for nothing else covers them. */
function fadeOut(length: number, frameLength: number): tf.Tensor1D {
  const half = frameLength / 2;
  return tf.concat([tf.ones([length - half]), tf.slice(tf.signal.hannWindow(frameLength), half)]) as tf.Tensor1D;
}
