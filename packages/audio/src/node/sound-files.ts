import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { integer, number, resolveOptions, type SampleFiles } from '@polygan/core';
import { writeFileAtomically } from '@polygan/core/node';
import { encode } from 'fast-png';
import { type SoundGridOptions, soundGrid, soundGridSchema } from '../signal/sound-grid.js';
import { decodeSounds, type Sound } from '../sound.js';
import { encodeWav } from './encode-wav.js';

/** Options of {@link soundFiles}. */
export interface SoundFilesOptions extends SoundGridOptions {
  /** In Hz. */
  readonly sampleRate: number;
  /** Seconds of silence between the sounds of a preview; default 0.2. */
  readonly gap?: number;
}

const schema = {
  sampleRate: integer({ min: 1 }),
  gap: number({ min: 0, default: 0.2 }),
  ...soundGridSchema,
};

/**
 * Generated sounds as WAV files of 16 bits, one each. A preview is one WAV file of all of them, one after another, and beside it a PNG of the same name
 * with their waveforms and spectrograms.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function soundFiles(options: SoundFilesOptions): SampleFiles {
  const { sampleRate, gap, ...grid } = resolveOptions('soundFiles', options, schema);
  return {
    previewExtension: '.wav',
    async writePreview(samples, file) {
      const sounds = await decodeSounds(samples, sampleRate);
      const { width, height, channels, data } = await soundGrid(sounds, grid);
      await mkdir(path.dirname(file), { recursive: true });
      const png = `${file.slice(0, -path.extname(file).length)}.png`;
      await writeFileAtomically(png, encode({ width, height, channels, data }));
      await writeFileAtomically(file, encodeWav(inSuccession(sounds, Math.round(gap * sampleRate))));
    },
    async writeEach(samples, directory, firstIndex) {
      const sounds = await decodeSounds(samples, sampleRate);
      await mkdir(directory, { recursive: true });
      return Promise.all(
        sounds.map(async (sound, position) => {
          const name = `${String(firstIndex + position).padStart(6, '0')}.wav`;
          await writeFileAtomically(path.join(directory, name), encodeWav(sound));
          return name;
        }),
      );
    },
  };
}

function inSuccession(sounds: readonly Sound[], gap: number): Sound {
  const [first] = sounds;
  const step = first!.channels[0]!.length + gap;
  const channels = first!.channels.map((_, channel) => {
    const all = new Float32Array(sounds.length * step - gap);
    sounds.forEach((sound, position) => {
      all.set(sound.channels[channel]!, position * step);
    });
    return all;
  });
  return { sampleRate: first!.sampleRate, channels };
}
