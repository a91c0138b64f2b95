import { createHash } from 'node:crypto';
import { type Batch, boolean, type Dataset, integer, number, oneOf, optional, resolveOptions } from '@polygan/core';
import { mapConcurrently, type SkippedFile } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import type { Normalization } from '../signal/normalize-sound.js';
import { clipReader } from './clip-reader.js';
import { folderProblem, requireSounds } from './folder-problems.js';
import { listSounds, type SoundFile } from './list-sounds.js';
import { type ClassRule, classesOfSounds } from './sound-classes.js';
import { proposalFor } from './sound-proposal.js';
import { type SliceRule, sliceIndex } from './sound-slices.js';

/** How far the opening of a folder is. */
export interface SoundFolderProgress {
  /** 'listing': looking at the header of each file; 'decoding': reading the sounds. */
  readonly stage: 'listing' | 'decoding';
  /** Files done in this stage, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** Options of {@link soundFolder}. */
export interface SoundFolderOptions {
  /** Samples in each channel of what the networks see; default 4096, 8192 or 16384: the shortest that 95 % of the sounds fit into. */
  readonly length?: number;
  /** In Hz, a whole number. Default: what most files have, at most 16,000. */
  readonly sampleRate?: number;
  /** 1 mono (the mean of all channels), 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /**
   * Which parts of a sound are samples. 'first': its beginning. 'overlapping': as many as cover it. 'random': as many as fit into it one after another, at
   * places drawn anew in each pass through the data. Default: 'first', or 'random' if most sounds are more than twice as long as a sample.
   */
  readonly slices?: SliceRule;
  /** The least share of a slice that the next one repeats when they are 'overlapping', 0 up to 0.95; default 0.5. */
  readonly overlap?: number;
  /** Where a sound that is shorter than a sample lies in it: at its beginning, with silence to its 'end', or in its 'centre'. Default 'end'. */
  readonly padding?: 'end' | 'centre';
  /** Whether silence at the beginning and the end of a sound is cut off, as `trimSilence` does it. Default false. */
  readonly trimSilence?: boolean;
  /**
   * How the level of each sound is set, as `normalizeSound` does it: 'none', 'peak' or 'loudness'. Default 'peak'; 'none' where slices are 'random': the
   * peak of a long recording says little of a piece of it, and the whole must be read to find it.
   */
  readonly normalize?: Normalization;
  /**
   * Where the class of a sound comes from: 'folders' (the sub-folder that it lies in), 'prefix' (what stands before the first underscore in its name) or
   * 'none'. 'auto' (the default): folders if there are at least two and every sound is in one; else prefixes if every sound has one, there are at most 50,
   * and each has at least 8 sounds.
   */
  readonly classes?: 'auto' | ClassRule;
  /** Decides the places of 'random' slices; default 0. */
  readonly seed?: number;
  /** How many bytes of finished sound to keep in memory; default 512 MiB. Sounds beyond are read each time they are asked for. */
  readonly cacheBytes?: number;
  /**
   * Whether to read everything before training, so that every broken file is known and left out from the start. Default: if there are at most 10,000
   * files and they fit in `cacheBytes`.
   */
  readonly decodeFirst?: boolean;
  /** Called while the folder is being opened. */
  readonly onProgress?: (progress: SoundFolderProgress) => void;
  /** Stops the opening, and later readings. */
  readonly signal?: AbortSignal;
}

/** A dataset of sounds that knows what it is made of, and what it left out. */
export interface SoundDataset extends Dataset<Batch> {
  /** `[samples, channels]` */
  readonly sampleShape: readonly [number, 1 | 2];
  /** In Hz. */
  readonly sampleRate: number;
  readonly slices: SliceRule;
  /** Where classes were taken from. */
  readonly classRule: ClassRule;
  /** How many files the samples are cut from. */
  readonly files: number;
  /** Where only the beginning of each sound is used: how many files are longer than a sample, and which share of all sound, 0 to 1, lies beyond. */
  readonly cut: { readonly files: number; readonly share: number };
  /** What was left out, and why. Grows when a file turns out to be broken during training. */
  readonly skipped: readonly SkippedFile[];
}

/** The fields of {@link SoundFolderOptions} that are plain values. */
const soundFolderSchema = {
  length: optional(integer({ min: 16, max: 2 ** 22 })),
  sampleRate: optional(integer({ min: 1000, max: 384_000 })),
  channels: oneOf([1, 2], { default: 1 }),
  slices: optional(oneOf(['first', 'overlapping', 'random'])),
  overlap: number({ min: 0, max: 0.95, default: 0.5 }),
  padding: oneOf(['end', 'centre'], { default: 'end' }),
  trimSilence: boolean({ default: false }),
  normalize: optional(oneOf(['none', 'peak', 'loudness'])),
  classes: oneOf(['auto', 'folders', 'prefix', 'none'], { default: 'auto' }),
  seed: integer({ default: 0 }),
  cacheBytes: number({ min: 0, default: 512 * 2 ** 20 }),
  decodeFirst: optional(boolean()),
};

const DECODE_FIRST_COUNT = 10_000;
const READ_AT_A_TIME = 8;
/** So many sounds broken in a row: the folder has gone, rather than single files. */
const BROKEN_IN_A_ROW = 100;

/**
 * The sounds of a folder and its sub-folders: WAV of every common kind, and FLAC, MP3, Ogg Vorbis and Opus where a decoder is installed, at one sample
 * rate and in samples of one length `[samples, channels]` in -1…1.
 *
 * Only headers are read to open a large folder; of long WAV files only the stretches that are needed are read, once a look at the whole has been taken
 * where it is to be trimmed or normalised. Broken files are named in `skipped` and left out. One that is found only during training is replaced by the
 * next sound that is whole, always the same one.
 *
 * @throws if the folder cannot be read, gives fewer than two samples, or an option is unknown or not what it must be
 */
export async function soundFolder(
  directory: string,
  { onProgress, signal, ...options }: SoundFolderOptions = {},
): Promise<SoundDataset> {
  const resolved = resolveOptions('soundFolder', options, soundFolderSchema);
  const list = await listSounds(directory, {
    onFile: (done, total) => onProgress?.({ stage: 'listing', done, total }),
    ...(signal && { signal }),
  }).catch((error: NodeJS.ErrnoException) => {
    signal?.throwIfAborted();
    throw new Error(`soundFolder: cannot read the folder ${directory}: ${folderProblem(error)}`, { cause: error });
  });
  requireSounds('soundFolder', directory, list.sounds, list);
  const { skipped } = list;
  const { channels, padding, cacheBytes } = resolved;
  const proposal = proposalFor(list.sounds, resolved);
  const { length, sampleRate, slices } = proposal;
  const { normalize = slices === 'random' ? 'none' : 'peak' } = resolved;

  const reader = clipReader({
    ...resolved,
    normalize,
    directory,
    sampleRate,
    reach: slices === 'first' ? length : Number.POSITIVE_INFINITY,
  });
  const broken = new Set<SoundFile>();
  const read = async (file: SoundFile, choose: (available: number) => number) => {
    signal?.throwIfAborted();
    if (broken.has(file)) return undefined;
    try {
      return await reader.read(file, length, choose);
    } catch (error) {
      signal?.throwIfAborted();
      if (!broken.has(file)) skipped.push({ name: file.name, reason: (error as Error).message });
      broken.add(file);
      return undefined;
    }
  };

  const samplesOf = ({ header }: SoundFile) => Math.ceil((header.length * sampleRate) / header.sampleRate);
  const bytes = list.sounds.reduce(
    (sum, file) => sum + 4 * channels * Math.min(samplesOf(file), slices === 'first' ? length : Infinity),
    0,
  );
  if (resolved.decodeFirst ?? (list.sounds.length <= DECODE_FIRST_COUNT && bytes <= cacheBytes)) {
    let done = 0;
    await mapConcurrently(list.sounds, READ_AT_A_TIME, async (file) => {
      await read(file, () => 0);
      onProgress?.({ stage: 'decoding', done: ++done, total: list.sounds.length });
    });
  }
  const files = list.sounds.filter((file) => !broken.has(file));
  skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
  requireSounds('soundFolder', directory, files, list);
  const { rule, classNames, labels } = classesOfSounds(files, resolved.classes);
  const index = sliceIndex(files.map(samplesOf), { ...resolved, rule: slices, length });

  if (index.size < 2) {
    throw new Error(
      `soundFolder: only one sound in ${directory} can be used (${files[0]!.name}), and it gives one sample; training needs at least two, and learns from hundreds`,
    );
  }

  return {
    size: index.size,
    sampleShape: [length, channels],
    sampleRate,
    slices,
    classRule: rule,
    files: files.length,
    cut: slices === 'first' ? cutOff(files.map(samplesOf), length) : { files: 0, share: 0 },
    skipped,
    fingerprint: fingerprintOf(files, [
      ...[length, sampleRate, channels, slices, resolved.overlap, padding, resolved.trimSilence, normalize, resolved.seed],
      classNames ?? 'none',
    ]),
    ...(classNames && { classNames }),
    ...(slices === 'first' && { fileNames: files.map(({ name }) => name) }),
    async batch(indices, epochs) {
      const values = new Float32Array(indices.length * length * channels);
      const used = await mapConcurrently(indices, READ_AT_A_TIME, async (wanted, position) => {
        const slice = index.slice(wanted);
        for (let step = 0; step < Math.min(files.length, BROKEN_IN_A_ROW); step++) {
          const sound = (slice.sound + step) % files.length;
          const found = await read(files[sound]!, (available) =>
            index.start({ ...slice, sound }, available, epochs?.[position] ?? 0),
          );
          if (!found) continue;
          lay(found, values.subarray(position * length * channels, (position + 1) * length * channels), padding);
          return sound;
        }
        throw new Error(
          `soundFolder: ${files[slice.sound]!.name} and the sounds after it cannot be read any more; were they moved or deleted while they were in use?`,
        );
      });
      const samples = tf.tensor3d(values, [indices.length, length, channels]);
      if (!labels) return { samples };
      return {
        samples,
        labels: tf.tensor1d(
          used.map((sound) => labels[sound]!),
          'int32',
        ),
      };
    },
  };
}

/** Lays a sound into a sample, channel by channel in turn, limited to -1…1. */
function lay(sound: readonly Float32Array[], sample: Float32Array, padding: 'end' | 'centre'): void {
  const channels = sound.length;
  const room = sample.length / channels - sound[0]!.length;
  const before = padding === 'centre' ? room >> 1 : 0;
  sound.forEach((values, channel) => {
    for (let i = 0, to = before * channels + channel; i < values.length; i++, to += channels) {
      sample[to] = Math.min(1, Math.max(-1, values[i]!));
    }
  });
}

function fingerprintOf(files: readonly SoundFile[], settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const { name, fingerprint } of files) hash.update(`${name}\0${fingerprint}\0`);
  return `sounds-${hash.digest('hex').slice(0, 32)}`;
}

/** A hundredth of a sample is no loss. */
const HARMLESS = 1.01;

function cutOff(lengths: readonly number[], length: number): SoundDataset['cut'] {
  const longer = lengths.filter((each) => each > length * HARMLESS);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { files: longer.length, share: sum(longer.map((each) => each - length)) / Math.max(1, sum(lengths)) };
}
