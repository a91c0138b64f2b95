import { integer, optional, positiveInteger, resolveOptions } from '@polygan/core';
import type { Sound } from '../sound.js';
import { type SoundPicture, spectrogramPicture, waveformPicture } from './sound-picture.js';

/** Options of {@link soundGrid}. */
export interface SoundGridOptions {
  /** Sounds in a row; default: as many as make the picture about as wide as high. */
  readonly columns?: number;
  /** Width of each sound in pixels; default 128. */
  readonly width?: number;
  /** Pixels between sounds and around them; default 4. */
  readonly padding?: number;
}

export const soundGridSchema = {
  columns: optional(positiveInteger()),
  width: positiveInteger({ default: 128 }),
  padding: integer({ min: 0, default: 4 }),
};

const WAVEFORM_HEIGHT = 28;
const SPECTROGRAM_HEIGHT = 64;
const BACKGROUND = 64;

/** Where each sound is in the picture that {@link soundGrid} makes, in pixels. */
export interface SoundGridLayout {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly { readonly left: number; readonly top: number; readonly width: number; readonly height: number }[];
}

/** The layout of a picture of so many sounds. */
export function soundGridLayout(count: number, options: SoundGridOptions = {}): SoundGridLayout {
  const { width, padding, ...resolved } = resolveOptions('soundGrid', options, soundGridSchema);
  const height = WAVEFORM_HEIGHT + SPECTROGRAM_HEIGHT;
  const [across, down] = [width + padding, height + padding];
  const columns = resolved.columns ?? Math.max(1, Math.round(Math.sqrt((count * down) / across)));
  return {
    width: columns * across + padding,
    height: Math.ceil(count / columns) * down + padding,
    cells: Array.from({ length: count }, (_, position) => ({
      left: padding + (position % columns) * across,
      top: padding + Math.floor(position / columns) * down,
      width,
      height,
    })),
  };
}

/**
 * Many sounds as one picture, row by row: of each its waveform, and its mel spectrogram below.
 *
 * @throws if there is no sound, or an option is out of its range
 */
export async function soundGrid(sounds: readonly Sound[], options: SoundGridOptions = {}): Promise<SoundPicture> {
  if (sounds.length === 0) throw new Error('soundGrid: expected at least one sound, got none');
  const { cells, ...whole } = soundGridLayout(sounds.length, options);
  const data = new Uint8ClampedArray(whole.width * whole.height * 3).fill(BACKGROUND);
  const paste = (picture: SoundPicture, left: number, top: number) => {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * picture.width * 3, (y + 1) * picture.width * 3);
      data.set(row, ((top + y) * whole.width + left) * 3);
    }
  };
  for (const [position, sound] of sounds.entries()) {
    const { left, top, width } = cells[position]!;
    paste(waveformPicture(sound, { width, height: WAVEFORM_HEIGHT }), left, top);
    paste(await spectrogramPicture(sound, { width, height: SPECTROGRAM_HEIGHT }), left, top + WAVEFORM_HEIGHT);
  }
  return { ...whole, channels: 3, data };
}
