import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { integer, number, resolveOptions, type SampleFiles } from '@polygan/core';
import { type SoundPlace, writeFileAtomically } from '@polygan/core/node';
import { encode } from 'fast-png';
import {
  type SoundGridLayout,
  type SoundGridOptions,
  soundGrid,
  soundGridLayout,
  soundGridSchema,
} from '../signal/sound-grid.js';
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
 * with their waveforms and spectrograms, and a JSON file that says where in both each sound is, by which a run's report plays them one by one.
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
      const named = file.slice(0, -path.extname(file).length);
      const silence = Math.round(gap * sampleRate);
      await writeFileAtomically(`${named}.png`, encode({ width, height, channels, data }));
      await writeFileAtomically(`${named}.json`, JSON.stringify(placesOf(sounds, silence, soundGridLayout(sounds.length, grid))));
      await writeFileAtomically(file, encodeWav(inSuccession(sounds, silence)));
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

/** Where each sound is: from when to when in the sound file, in seconds, and in shares of the picture's width and height. */
function placesOf(sounds: readonly Sound[], gap: number, { cells, width, height }: SoundGridLayout): SoundPlace[] {
  return sounds.map(({ channels, sampleRate }, position) => {
    const { length } = channels[0]!;
    const from = position * (length + gap);
    const cell = cells[position]!;
    return {
      from: from / sampleRate,
      to: (from + length) / sampleRate,
      left: cell.left / width,
      top: cell.top / height,
      width: cell.width / width,
      height: cell.height / height,
    };
  });
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
