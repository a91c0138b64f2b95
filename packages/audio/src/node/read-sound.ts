import path from 'node:path';
import { boolean, integer, oneOf, resolveOptions } from '@polygan/core';
import type { Normalization } from '../signal/normalize-sound.js';
import type { Sound } from '../sound.js';
import { clipReader } from './clip-reader.js';
import { readSoundHeader } from './formats/sound-header.js';

/** Options of {@link readSound}. */
export interface ReadSoundOptions {
  /** Samples in each channel: the beginning of a longer sound is taken, a shorter one is followed by silence. */
  readonly length: number;
  /** In Hz, a whole number. */
  readonly sampleRate: number;
  /** 1 mono (the mean of all channels), 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /** How the level is set, as `normalizeSound` does it; default 'peak'. */
  readonly normalize?: Normalization;
  /** Whether silence at the beginning and the end is cut off. Default false. */
  readonly trimSilence?: boolean;
}

const schema = {
  length: integer({ min: 16, max: 2 ** 22 }),
  sampleRate: integer({ min: 1000, max: 384_000 }),
  channels: oneOf([1, 2], { default: 1 }),
  normalize: oneOf(['none', 'peak', 'loudness'], { default: 'peak' }),
  trimSilence: boolean({ default: false }),
};

/**
 * One sound file (WAV; FLAC, MP3, Ogg Vorbis and Opus where a decoder is installed) as a model hears it: what `soundFolder` makes of the beginning of each.
 *
 * @throws if there is no such file, it is not a whole sound, or an option is unknown or not what it must be
 */
export async function readSound(file: string, options: ReadSoundOptions): Promise<Sound> {
  const { length, ...resolved } = resolveOptions('readSound', options, schema);
  const channels = resolved.channels as 1 | 2;
  const reader = clipReader({ ...resolved, channels, directory: path.dirname(file), reach: length, cacheBytes: 0 });
  const read = async () => {
    const sound = { name: path.basename(file), header: await readSoundHeader(file), fingerprint: '' };
    return reader.read(sound, length, () => 0);
  };
  const found = await read().catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Error(`readSound: cannot read ${file}: ${reason}`, { cause: error });
  });
  return {
    sampleRate: resolved.sampleRate,
    channels: found.map((samples) => {
      const whole = new Float32Array(length);
      whole.set(samples.subarray(0, length).map((value) => Math.min(1, Math.max(-1, value))));
      return whole;
    }),
  };
}
