import { normalizeSound, resample, type Sound, trimSilence } from '@polygan/audio';

/** The shape of the sounds of a model. */
export interface SoundShape {
  readonly length: number;
  readonly channels: number;
  /** In Hz. */
  readonly sampleRate: number;
}

/**
 * A recording or a file as a model hears it: at its rate, without the silence around it, with one peak, and of its length: the rest is cut off, or silent.
 *
 * @throws if the browser cannot read the file
 */
export async function fitSound(file: Blob, { length, channels, sampleRate }: SoundShape): Promise<Sound> {
  const context = new OfflineAudioContext(1, 1, 48_000);
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch(() => {
    throw new Error('This browser cannot read that sound.');
  });
  const given = Array.from({ length: buffer.numberOfChannels }, (_, i) => buffer.getChannelData(i));
  const mixed = channels === 2 ? [given[0]!, given[1] ?? given[0]!] : [mean(given)];
  const atRate = { sampleRate, channels: mixed.map((samples) => resample(samples, buffer.sampleRate, sampleRate)) };
  const sound = normalizeSound(trimSilence(atRate), 'peak');
  return {
    sampleRate,
    channels: sound.channels.map((samples) => {
      const whole = new Float32Array(length);
      whole.set(samples.subarray(0, length));
      return whole;
    }),
  };
}

function mean(channels: readonly Float32Array[]): Float32Array {
  return channels[0]!.map((_, i) => channels.reduce((sum, samples) => sum + samples[i]!, 0) / channels.length);
}
