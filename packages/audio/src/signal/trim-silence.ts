import { number, positiveInteger, resolveOptions } from '@polygan/core';
import type { Sound } from '../sound.js';

/** Options of {@link trimSilence}. */
export interface TrimSilenceOptions {
  /** How many dB below the loudest frame a frame counts as silent; default 40. */
  readonly threshold?: number;
  /** Samples in a frame; default 512. */
  readonly frameLength?: number;
  /** Samples from frame to frame; default 128. */
  readonly hopLength?: number;
}

const trimSchema = {
  threshold: number({ above: 0, default: 40 }),
  frameLength: positiveInteger({ default: 512 }),
  hopLength: positiveInteger({ default: 128 }),
};

/**
 * A sound without the silence at its beginning and its end, by the root mean square of overlapping frames, as librosa's `effects.trim` does it. A channel
 * that sounds keeps all of them. A sound that is silent throughout stays as it is.
 *
 * @returns a new sound whose samples are views of the given ones
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function trimSilence({ sampleRate, channels }: Sound, options: TrimSilenceOptions = {}): Sound {
  const { threshold, frameLength, hopLength } = resolveOptions('trimSilence', options, trimSchema);
  const powers = framePowers(channels, frameLength, hopLength);
  const quiet = powers.reduce((most, power) => Math.max(most, power), 0) * 10 ** (-threshold / 10);
  if (quiet === 0) return { sampleRate, channels };
  const first = powers.findIndex((power) => power > quiet);
  const last = powers.findLastIndex((power) => power > quiet);
  const end = Math.min(channels[0]!.length, (last + 1) * hopLength);
  return { sampleRate, channels: channels.map((samples) => samples.subarray(first * hopLength, end)) };
}

/** The mean square of each frame, of the loudest channel; frames lie around multiples of the hop, with silence outside of the sound. */
function framePowers(channels: readonly Float32Array[], frameLength: number, hopLength: number): Float64Array {
  const length = channels[0]!.length;
  const powers = new Float64Array(1 + Math.floor(length / hopLength));
  for (const samples of channels) {
    const sums = new Float64Array(length + 1);
    for (let i = 0; i < length; i++) sums[i + 1] = sums[i]! + samples[i]! ** 2;
    for (let frame = 0; frame < powers.length; frame++) {
      const start = frame * hopLength - (frameLength >> 1);
      const sum = sums[Math.min(length, start + frameLength)]! - sums[Math.max(0, start)]!;
      powers[frame] = Math.max(powers[frame]!, sum / frameLength);
    }
  }
  return powers;
}
