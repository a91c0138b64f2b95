import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileNames, mapConcurrently, type SkippedFile } from '@polygan/core/node';

/** A file that looks like a picture: it has a picture's ending and starts as a picture does. */
export interface PictureFile {
  /** Path below the folder, with `/` between its parts on every system. */
  readonly name: string;
  /** Changes with the file: a hash of its length and its first bytes. */
  readonly fingerprint: string;
}

/** What {@link listPictures} found. */
export interface PictureList {
  /** Sorted by name. */
  readonly pictures: PictureFile[];
  readonly skipped: SkippedFile[];
  /** Names of files that do not claim to be pictures. */
  readonly others: string[];
}

/** Endings of the files that are read. */
export const PICTURE_ENDINGS = ['.png', '.jpg', '.jpeg', '.jfif', '.webp', '.gif', '.tif', '.tiff', '.avif'];
const UNREADABLE_ENDINGS = ['.bmp', '.heic', '.heif', '.ico', '.psd', '.tga', '.jp2', '.jxl', '.svg'];

/** How pictures start, by bytes in Latin-1. */
const SIGNATURES = [/^\x89PNG\r\n/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF.{4}WEBP/s, /^II[*+]\0/, /^MM\0[*+]/, /^.{4}ftyp/s];
const HEAD_LENGTH = 4096;
const FILES_AT_A_TIME = 16;

/**
 * Finds the picture files of a folder and its sub-folders. Reads only the start of each, so this takes seconds for 100,000 files.
 * Hidden files are passed over; symbolic links are followed, each folder once.
 *
 * @param onFile called after each file with how many have been looked at, and how many there are
 * @throws if the folder itself cannot be read
 */
export async function listPictures(
  directory: string,
  { onFile, signal }: { onFile?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<PictureList> {
  const skipped: SkippedFile[] = [];
  const names = await fileNames(directory, skipped, signal);
  const claimed = names.filter((name) => PICTURE_ENDINGS.includes(extname(name).toLowerCase()));
  const others = names.filter((name) => !PICTURE_ENDINGS.includes(extname(name).toLowerCase()));
  for (const name of others) {
    const ending = extname(name).toLowerCase();
    if (UNREADABLE_ENDINGS.includes(ending)) skipped.push({ name, reason: `${ending} files cannot be read; convert it to .png` });
  }

  let done = 0;
  const looked = await mapConcurrently(claimed, FILES_AT_A_TIME, async (name) => {
    signal?.throwIfAborted();
    const result = await lookAt(join(directory, name)).catch((error: Error) => ({ reason: error.message }));
    onFile?.(++done, claimed.length);
    return { name, ...result };
  });
  const pictures: PictureFile[] = [];
  for (const file of looked) {
    if ('reason' in file) skipped.push(file);
    else pictures.push(file);
  }
  return { pictures, skipped, others };
}

/** Reads the start of a file: either its fingerprint, or why it is no picture. */
async function lookAt(path: string): Promise<{ fingerprint: string } | { reason: string }> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(HEAD_LENGTH);
    const { bytesRead } = await file.read(head, 0, HEAD_LENGTH, 0);
    if (bytesRead === 0) return { reason: 'the file is empty' };
    const start = head.toString('latin1', 0, Math.min(bytesRead, 16));
    if (!SIGNATURES.some((signature) => signature.test(start))) return { reason: 'not a picture, whatever its name says' };
    const { size } = await file.stat();
    return { fingerprint: createHash('sha1').update(`${size}:`).update(head.subarray(0, bytesRead)).digest('base64') };
  } finally {
    await file.close();
  }
}
