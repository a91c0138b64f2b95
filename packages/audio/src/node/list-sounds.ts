import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileNames, mapConcurrently, type SkippedFile } from '@polygan/core/node';
import { MissingDecoderError, requireDecoder } from './formats/decode-compressed.js';
import { readSoundHeader, type SoundHeader } from './formats/sound-header.js';

/** A sound file whose header could be read. */
export interface SoundFile {
  /** Path below the folder, with `/` between its parts on every system. */
  readonly name: string;
  readonly header: SoundHeader;
  /** Changes with the file: a hash of its size and its first bytes. */
  readonly fingerprint: string;
}

/** What {@link listSounds} found. */
export interface SoundList {
  /** Sorted by name. */
  readonly sounds: SoundFile[];
  readonly skipped: SkippedFile[];
  /** Names of files that do not claim to be sounds. */
  readonly others: string[];
}

/** Endings of the files that are read. */
export const SOUND_ENDINGS = ['.wav', '.wave', '.flac', '.mp3', '.ogg', '.oga', '.opus'];
const UNREADABLE_ENDINGS = [
  '.aif',
  '.aiff',
  '.m4a',
  '.aac',
  '.mp4',
  '.wma',
  '.caf',
  '.w64',
  '.au',
  '.amr',
  '.ape',
  '.mka',
  '.webm',
  '.sph',
];
const FINGERPRINTED = 4096;
const FILES_AT_A_TIME = 16;

/**
 * Finds the sound files of a folder and its sub-folders. Of each only the header is read, so this takes seconds for 10,000 files of any length.
 * Hidden files are passed over; symbolic links are followed, each folder once.
 *
 * @param onFile called after each file with how many have been looked at, and how many there are
 * @throws if the folder itself cannot be read
 */
export async function listSounds(
  directory: string,
  { onFile, signal }: { onFile?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<SoundList> {
  const skipped: SkippedFile[] = [];
  const names = await fileNames(directory, skipped, signal);
  const claimed = names.filter((name) => SOUND_ENDINGS.includes(extname(name).toLowerCase()));
  const others = names.filter((name) => !SOUND_ENDINGS.includes(extname(name).toLowerCase()));
  for (const name of others) {
    const ending = extname(name).toLowerCase();
    if (UNREADABLE_ENDINGS.includes(ending)) skipped.push({ name, reason: `${ending} files cannot be read; convert it to .wav` });
  }

  let done = 0;
  const looked = await mapConcurrently(claimed, FILES_AT_A_TIME, async (name) => {
    signal?.throwIfAborted();
    const result = await lookAt(join(directory, name)).catch((error: Error) => ({ reason: error.message }));
    onFile?.(++done, claimed.length);
    return { name, ...result };
  });
  const missing = await missingDecoders(looked.flatMap((file) => ('header' in file ? [file.header.format] : [])));
  const sounds: SoundFile[] = [];
  for (const file of looked) {
    if ('reason' in file) skipped.push(file);
    else if (missing.has(file.header.format)) skipped.push({ name: file.name, reason: missing.get(file.header.format)! });
    else sounds.push(file);
  }
  skipped.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { sounds, skipped, others };
}

/** Why files of these formats cannot be decoded here, for those that cannot. */
async function missingDecoders(formats: readonly SoundHeader['format'][]): Promise<Map<SoundHeader['format'], string>> {
  const missing = new Map<SoundHeader['format'], string>();
  for (const format of new Set(formats)) {
    await requireDecoder(format).catch((error: Error) => {
      if (!(error instanceof MissingDecoderError)) throw error;
      missing.set(format, error.message);
    });
  }
  return missing;
}

async function lookAt(path: string): Promise<Pick<SoundFile, 'header' | 'fingerprint'>> {
  const header = await readSoundHeader(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FINGERPRINTED), 0, FINGERPRINTED, 0);
    const { size } = await file.stat();
    return { header, fingerprint: createHash('sha1').update(`${size}:`).update(buffer.subarray(0, bytesRead)).digest('base64') };
  } finally {
    await file.close();
  }
}
