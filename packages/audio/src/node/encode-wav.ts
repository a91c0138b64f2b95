import type { Sound } from '../sound.js';
import { WaveFile } from './formats/wave-file.js';

const MOST = 32_767;

/** A sound as the bytes of a WAV file of 16 bits; what lies outside of -1…1 is clipped. */
export function encodeWav({ sampleRate, channels }: Sound): Uint8Array {
  const samples = channels.map((channel) =>
    Int16Array.from(channel, (value) => Math.round(Math.min(1, Math.max(-1, value)) * MOST)),
  );
  const file = new WaveFile();
  file.fromScratch(channels.length, sampleRate, '16', samples.length === 1 ? samples[0]! : samples);
  return file.toBuffer();
}
