import { join } from 'node:path';
import { type Normalization, normalizationFactor } from '../signal/normalize-sound.js';
import { neededFor, resample } from '../signal/resample.js';
import { trimSilence } from '../signal/trim-silence.js';
import { decodeCompressed } from './formats/decode-compressed.js';
import { readWav } from './formats/read-wav.js';
import type { SoundFile } from './list-sounds.js';
import { mixChannels } from './mix-channels.js';

/** What {@link clipReader} needs. */
export interface ClipReaderOptions {
  readonly directory: string;
  /** What sounds become. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  readonly trimSilence: boolean;
  readonly normalize: Normalization;
  /** Samples of a sound that can be asked for, from its beginning; Infinity where all can. */
  readonly reach: number;
  /** Bytes of finished sounds that are kept in memory. */
  readonly cacheBytes: number;
}

/** Where a stretch of a sound begins, when it is known how long the sound is. */
export type ChooseStart = (available: number) => number;

/** Reads stretches of sounds at one rate, with one number of channels. */
export interface ClipReader {
  /** `length` samples a channel from the chosen start on, or as many as there are. The arrays may be views of what is kept: borrowed. */
  read(file: SoundFile, length: number, choose: ChooseStart): Promise<readonly Float32Array[]>;
}

/** What was found out about a sound that is not kept. */
interface Measures {
  /** At the new rate: where it begins and ends when its silence is cut off. */
  readonly start: number;
  readonly end: number;
  readonly factor: number;
}

/** Samples of a WAV file that are decoded at once, so that a long recording never lies in memory as a whole at its own rate. */
const PIECE = 2 ** 20;
/** A WAV file of more than so many samples of the model is read piece by piece, and not kept: most of it would be decoded long before it is needed. */
const RECORDING = 8;

/**
 * A {@link ClipReader}. The sounds that come first are kept; under shuffling that finds as many again as any other rule. Of long WAV files, and of those
 * that do not fit, only the stretches asked for are read, after one look at the whole where it is to be trimmed or normalised; other formats are decoded
 * whole each time.
 */
export function clipReader(options: ClipReaderOptions): ClipReader {
  const { directory, sampleRate, channels } = options;
  const kept = new Map<string, readonly Float32Array[]>();
  const known = new Map<string, Measures>();
  let room = options.cacheBytes;
  const plain = !options.trimSilence && options.normalize === 'none';

  const lengthOf = ({ header }: SoundFile) => Math.ceil((header.length * sampleRate) / header.sampleRate);

  /** A stretch of a WAV file at the new rate and with the new channels, nothing else done to it. */
  const stretchOf = async ({ name, header }: SoundFile, first: number, count: number): Promise<Float32Array[]> => {
    const part = { first, count };
    const { start, end } = neededFor(part, header.sampleRate, sampleRate);
    const decoded = mixChannels(await readWav(join(directory, name), header, start, end), channels);
    return decoded.map((samples) => resample(samples, header.sampleRate, sampleRate, { ...part, start }));
  };

  const wholeOf = async (file: SoundFile): Promise<Float32Array[]> => {
    const { name, header } = file;
    if (header.format !== 'wav') {
      const decoded = mixChannels(await decodeCompressed(join(directory, name), header), channels);
      return decoded.map((samples) => resample(samples, header.sampleRate, sampleRate));
    }
    const length = lengthOf(file);
    if (length <= PIECE) return stretchOf(file, 0, length);
    const whole = Array.from({ length: channels }, () => new Float32Array(length));
    for (let first = 0; first < length; first += PIECE) {
      const piece = await stretchOf(file, first, Math.min(PIECE, length - first));
      piece.forEach((samples, channel) => {
        whole[channel]!.set(samples, first);
      });
    }
    return whole;
  };

  const measured = (whole: readonly Float32Array[]): Measures => {
    const [first] = whole;
    const sounding = options.trimSilence ? trimSilence({ sampleRate, channels: whole }).channels : whole;
    const start = (sounding[0]!.byteOffset - first!.byteOffset) / first!.BYTES_PER_ELEMENT;
    return { start, end: start + sounding[0]!.length, factor: normalizationFactor(sounding, options.normalize) };
  };

  const finished = (samples: readonly Float32Array[], factor: number) =>
    factor === 1 ? samples : samples.map((channel) => channel.map((value) => value * factor));

  return {
    async read(file, length, choose) {
      const inMemory = kept.get(file.name);
      if (inMemory) {
        const start = choose(inMemory[0]!.length);
        return inMemory.map((samples) => samples.subarray(start, start + length));
      }
      const isWav = file.header.format === 'wav';
      const bytes = 4 * channels * Math.min(options.reach, lengthOf(file));
      const measures = plain ? { start: 0, end: lengthOf(file), factor: 1 } : known.get(file.name);
      const isLong = lengthOf(file) > RECORDING * length;
      if (isWav && measures && (isLong || bytes > room || options.reach < lengthOf(file))) {
        const start = choose(measures.end - measures.start);
        const count = Math.min(length, measures.end - measures.start - start);
        const stretch = finished(await stretchOf(file, measures.start + start, count), measures.factor);
        if (Number.isFinite(options.reach)) keep(file, stretch);
        return stretch;
      }
      const whole = await wholeOf(file);
      const found = measured(whole);
      const sounding = finished(
        whole.map((samples) => samples.subarray(found.start, found.end)),
        found.factor,
      );
      if ((isWav && isLong) || !keep(file, sounding)) known.set(file.name, found);
      const start = choose(sounding[0]!.length);
      return sounding.map((samples) => samples.subarray(start, start + length));
    },
  };

  function keep(file: SoundFile, samples: readonly Float32Array[]): boolean {
    const reachable = samples.map((channel) => channel.subarray(0, options.reach));
    const bytes = 4 * channels * reachable[0]!.length;
    if (kept.has(file.name)) return true;
    if (bytes > room) return false;
    room -= bytes;
    // Views become copies, so that what lies outside of them is let go.
    kept.set(
      file.name,
      reachable.map((channel) => (channel.byteLength < channel.buffer.byteLength ? channel.slice() : channel)),
    );
    return true;
  }
}
