import type { Sound } from '../sound.js';

/** How {@link normalizeSound} sets the level of a sound. */
export type Normalization = 'none' | 'peak' | 'loudness';

/** The root of the mean square that 'loudness' aims at: -20 dB below full scale, where speech is commonly kept. */
const LOUDNESS = 0.1;
/** Sounds below this (-80 dB) hold nothing but noise, and stay as they are. */
const SILENT = 1e-4;

/**
 * A sound at a common level, all channels by one factor. 'peak': the largest sample is 1. 'loudness': the root mean square is 0.1 (-20 dB), or as near
 * to it as the largest sample may come to 1. Silence stays silence.
 *
 * @returns a new sound, or the same one if there is nothing to do
 */
export function normalizeSound(sound: Sound, how: Normalization): Sound {
  const factor = normalizationFactor(sound.channels, how);
  if (factor === 1) return sound;
  return { sampleRate: sound.sampleRate, channels: sound.channels.map((samples) => samples.map((value) => value * factor)) };
}

/** What {@link normalizeSound} multiplies by. */
export function normalizationFactor(channels: readonly Float32Array[], how: Normalization): number {
  if (how === 'none') return 1;
  let peak = 0;
  let squares = 0;
  for (const samples of channels) {
    for (const value of samples) {
      peak = Math.max(peak, Math.abs(value));
      squares += value * value;
    }
  }
  if (peak < SILENT) return 1;
  const count = channels.length * channels[0]!.length;
  return how === 'peak' ? 1 / peak : Math.min(1 / peak, LOUDNESS / Math.sqrt(squares / count));
}
