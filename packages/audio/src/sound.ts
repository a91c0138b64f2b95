import { type Modality, number, oneOf, positiveInteger, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** A piece of sound. */
export interface Sound {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** The samples of each channel in -1…1, all of one length: one channel is mono, two are left and right. */
  readonly channels: readonly Float32Array[];
}

/** Options of {@link audioModality}. */
export interface AudioModalityOptions {
  /** Samples in each channel. */
  readonly length: number;
  /** 1 mono, 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /** In Hz. Default 16,000. */
  readonly sampleRate?: number;
}

/**
 * Sounds of one length as tensors `[batch, samples, channels]` in -1…1, and back.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function audioModality(options: AudioModalityOptions): Modality<Sound> {
  const { length, channels, sampleRate } = resolveOptions('audioModality', options, {
    length: positiveInteger(),
    channels: oneOf([1, 2], { default: 1 }),
    sampleRate: number({ above: 0, default: 16_000 }),
  });
  return {
    kind: 'audio',
    sampleShape: [length, channels],
    encode(sounds) {
      const values = new Float32Array(sounds.length * length * channels);
      sounds.forEach((sound, position) => {
        refuseOther(sound, position, { length, channels, sampleRate });
        sound.channels.forEach((samples, channel) => {
          const from = position * length * channels + channel;
          for (let i = 0; i < length; i++) values[from + i * channels] = samples[i]!;
        });
      });
      return tf.tensor3d(values, [sounds.length, length, channels]);
    },
    decode: (batch) => decodeSounds(batch, sampleRate),
  };
}

/**
 * A tensor `[batch, samples, channels]` in -1…1 as sounds. Values are not clipped: whoever writes a file does that. Borrows the tensor.
 *
 * @param sampleRate in Hz
 * @throws if the tensor does not have three dimensions
 */
export async function decodeSounds(batch: tf.Tensor, sampleRate: number): Promise<Sound[]> {
  if (batch.rank !== 3) throw new Error(`decodeSounds: expected a tensor [batch, samples, channels], got [${batch.shape}]`);
  const [count, length, channels] = batch.shape as [number, number, number];
  const values = await batch.data();
  return Array.from({ length: count }, (_, position) => ({
    sampleRate,
    channels: Array.from({ length: channels }, (_, channel) => {
      const from = position * length * channels + channel;
      return Float32Array.from({ length }, (_, i) => values[from + i * channels]!);
    }),
  }));
}

interface SoundShape {
  readonly length: number;
  readonly channels: number;
  readonly sampleRate: number;
}

function refuseOther(sound: Sound, position: number, { length, channels, sampleRate }: SoundShape): void {
  const fits = sound.channels.length === channels && sound.channels.every((samples) => samples.length === length);
  if (fits && sound.sampleRate === sampleRate) return;
  const lengths = sound.channels.map((samples) => samples.length).join(' and ');
  throw new Error(
    `audioModality.encode: sound ${position} has ${sound.channels.length} channels of ${lengths} samples at ${sound.sampleRate} Hz, ` +
      `expected ${channels} of ${length} at ${sampleRate} Hz; cut and resample it first`,
  );
}
