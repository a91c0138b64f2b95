import { number, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { Sound } from '../sound.js';
import { magma } from './colour-map.js';
import { melFilterbank } from './mel-filterbank.js';
import { powerSpectrogram } from './stft.js';

/** A picture of a sound as bytes. */
export interface SoundPicture {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Red, green, blue. */
  readonly channels: 3;
  /** `height × width × 3` values 0…255, row by row from the top. */
  readonly data: Uint8ClampedArray;
}

/** Options of {@link spectrogramPicture}. */
export interface SpectrogramPictureOptions {
  /** Width in pixels, one frame each; default 128. */
  readonly width?: number;
  /** Height in pixels, one mel band each; default 64. */
  readonly height?: number;
  /** How many dB below the loudest place are shown as black; default 70. */
  readonly range?: number;
}

const spectrogramPictureSchema = {
  width: positiveInteger({ default: 128 }),
  height: positiveInteger({ default: 64 }),
  range: number({ above: 0, default: 70 }),
};

/** Options of {@link waveformPicture}. */
export interface WaveformPictureOptions {
  /** Width in pixels; default 128. */
  readonly width?: number;
  /** Height in pixels; default 32. */
  readonly height?: number;
}

const waveformPictureSchema = { width: positiveInteger({ default: 128 }), height: positiveInteger({ default: 32 }) };

const LINE = [184, 196, 214] as const;
const GROUND = [18, 18, 28] as const;
/** Frames are at least so long, or low bands would hold no bin. */
const SHORTEST_FRAME = 256;
const SILENCE = 1e-10;

/**
 * The mel spectrogram of a sound (the mean of its channels): time to the right, low bands below, the loudest place brightest.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function spectrogramPicture(sound: Sound, options: SpectrogramPictureOptions = {}): Promise<SoundPicture> {
  const { width, height, range } = resolveOptions('spectrogramPicture', options, spectrogramPictureSchema);
  const { length } = sound.channels[0]!;
  const hopLength = Math.max(1, Math.ceil(length / width));
  const frameLength = Math.max(SHORTEST_FRAME, 2 ** Math.ceil(Math.log2(2 * hopLength)));
  const filters = melFilterbank(frameLength, { sampleRate: sound.sampleRate, bands: height });
  const decibels = tf.tidy(() => {
    const mono = tf.mean(tf.stack(sound.channels.map((samples) => tf.tensor1d(samples))), 0, true) as tf.Tensor2D;
    const power = powerSpectrogram(mono, { frameLength, hopLength }).squeeze([0]) as tf.Tensor2D;
    const mel = tf.matMul(power, tf.tensor2d(filters, [frameLength / 2 + 1, height]));
    return tf.mul(tf.log(tf.add(mel, SILENCE)), 10 / Math.LN10);
  });
  const values = (await decibels.data()) as Float32Array;
  decibels.dispose();
  const loudest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const frames = values.length / height;
  return painted(width, height, (x, y, channel) => {
    const value = x < frames ? values[x * height + (height - 1 - y)]! : Number.NEGATIVE_INFINITY;
    // Silence throughout has no loudest place.
    return magma(loudest < -90 ? 0 : 1 + (value - loudest) / range, channel);
  });
}

/**
 * The waveform of a sound, all channels in one: the range of the samples that each column stands for.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function waveformPicture(sound: Sound, options: WaveformPictureOptions = {}): SoundPicture {
  const { width, height } = resolveOptions('waveformPicture', options, waveformPictureSchema);
  const { length } = sound.channels[0]!;
  const row = (value: number) => Math.round(((1 - Math.min(1, Math.max(-1, value))) / 2) * (height - 1));
  const spans = Array.from({ length: width }, (_, x) => {
    const from = Math.floor((x * length) / width);
    const to = Math.max(from + 1, Math.floor(((x + 1) * length) / width));
    let [low, high] = [1, -1];
    for (const samples of sound.channels) {
      for (let i = from; i < Math.min(to, length); i++) {
        low = Math.min(low, samples[i]!);
        high = Math.max(high, samples[i]!);
      }
    }
    return { top: row(high), bottom: row(low) };
  });
  return painted(width, height, (x, y, channel) => (y >= spans[x]!.top && y <= spans[x]!.bottom ? LINE : GROUND)[channel]!);
}

function painted(width: number, height: number, colour: (x: number, y: number, channel: number) => number): SoundPicture {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (let channel = 0; channel < 3; channel++) data[at++] = colour(x, y, channel);
  }
  return { width, height, channels: 3, data };
}
