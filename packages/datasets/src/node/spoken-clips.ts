import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { decodePredictively } from '../sound/predictive-coding.js';
import type { Split } from './digits.js';
import { packageFile } from './package-file.js';

/** Samples a second of the spoken digits. */
export const SPOKEN_RATE = 8000;

/** A word said once. */
export interface SpokenClip {
  readonly digit: number;
  readonly voice: string;
  /** How loud it is to be: its highest peak. */
  readonly peak: number;
  /** The word, without silence around it, its highest peak at 1. */
  readonly sound: Float32Array;
}

/** A line of `clips.json`. */
type Line = readonly [digit: number, voice: string, split: Split, length: number, peak: number];

/** The clips of a split as they are stored. */
export async function readSpokenClips(split: Split): Promise<SpokenClip[]> {
  const file = (name: string) => packageFile('data', 'spoken-digits', name);
  const lines = JSON.parse(await readFile(file('clips.json'), 'utf8')) as Line[];
  const bytes = await promisify(brotliDecompress)(await readFile(file('rests.i8.br')));
  const rests = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = 0;
  return lines.flatMap(([digit, voice, ofSplit, length, peak]) => {
    end += length;
    return ofSplit === split ? [{ digit, voice, peak, sound: decodePredictively(rests.subarray(end - length, end)) }] : [];
  });
}
