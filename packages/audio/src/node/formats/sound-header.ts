import { open } from 'node:fs/promises';
import { flacHeader } from './flac-header.js';
import { mp3Header } from './mp3-header.js';
import { oggHeader } from './ogg-header.js';
import { type WavLayout, wavHeader } from './wav-header.js';

/** What the beginning of a sound file says. */
export interface SoundHeader {
  readonly format: 'wav' | 'flac' | 'mp3' | 'vorbis' | 'opus';
  /** In Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples in each channel. */
  readonly length: number;
  /** Where the samples of a WAV file lie. */
  readonly wav?: WavLayout;
}

/** A file that is open for reading at any place. */
export interface ReadableFile {
  /** Bytes in the file. */
  readonly size: number;
  /** Up to `length` bytes from `position` on; fewer at the end of the file. */
  at(position: number, length: number): Promise<Buffer>;
}

/** How the formats begin, in Latin-1. An MP3 begins with a tag or with the first bits of a frame. */
const FORMATS: ReadonlyArray<readonly [RegExp, (file: ReadableFile) => Promise<SoundHeader>]> = [
  [/^(RIFF|RIFX|RF64|BW64).{4}WAVE/s, wavHeader],
  [/^fLaC/, flacHeader],
  [/^OggS/, oggHeader],
  [/^(ID3|\xff[\xe2-\xff])/, mp3Header],
];

/** Bytes that are read at once; headers of most files lie in them. */
const HEAD = 16_384;

/**
 * Reads what a sound file says about itself, and no more of it than that needs.
 *
 * @throws with a reason in few words, if the file is no sound, holds none, or ends before its sound does
 */
export async function readSoundHeader(path: string): Promise<SoundHeader> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new Error('the file is empty');
    const read = async (position: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0, HEAD);
    const at = async (position: number, length: number) =>
      position + length <= head.length
        ? head.subarray(position, position + length)
        : read(position, Math.max(0, Math.min(length, size - position)));
    const start = head.toString('latin1', 0, 12);
    const format = FORMATS.find(([signature]) => signature.test(start));
    if (!format) throw new Error('not a sound, whatever its name says');
    const header = await format[1]({ size, at });
    if (header.length < 1) throw new Error('it holds no sound');
    return header;
  } finally {
    await handle.close();
  }
}
