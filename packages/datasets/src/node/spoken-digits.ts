import {
  type Batch,
  boolean,
  type Dataset,
  either,
  type InMemorySamples,
  inMemoryDataset,
  number,
  positiveInteger,
  Random,
  resolveOptions,
  string,
} from '@polygan/core';
import { variedClips } from '../sound/varied-clips.js';
import { type Split, splitField } from './digits.js';
import { readSpokenClips, SPOKEN_RATE } from './spoken-clips.js';

/** Options of {@link spokenDigitSamples}. */
export interface SpokenDigitSamplesOptions {
  /** 'train' (1,080 clips of three voices; the default) or 'test' (320 clips: 200 of a fourth voice, 120 new ones of the three). */
  readonly split?: Split;
  /** Samples in each clip, at 8,000 a second; default 8,192. Clips last 0.2 to 0.6 s, and are silent after that; what is longer is cut. */
  readonly length?: number;
}

/** Options of {@link spokenDigits}. */
export interface SpokenDigitsOptions extends SpokenDigitSamplesOptions {
  /** Whether each clip comes at another speed (-15 to +18 %), loudness and place in each pass through the data; default false. */
  readonly vary?: boolean;
  /** Decides how clips vary; default 1. */
  readonly seed?: number | string;
}

/** What {@link spokenDigitSamples} gives: sounds, and whose they are. */
export interface SpokenDigitSamples extends InMemorySamples {
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  /** In Hz. */
  readonly sampleRate: number;
  /** Which of Flite's voices says each: 'awb', 'kal', 'slt', and 'rms' in the test split alone. */
  readonly voices: readonly string[];
}

const CLASS_NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const fingerprintOf = (split: Split, length: number) => `polygan-spoken-digits-v1-${split}-${length}`;

const clipsSchema = { split: splitField, length: positiveInteger({ default: 8192 }) };
const schema = { ...clipsSchema, vary: boolean({ default: false }), seed: either(number({ default: 1 }), string()) };

/**
 * The words "zero" to "nine", shipped with this package: sounds `[length, 1]` in -1…1 at 8 kHz with classes '0' … '9', as many of each.
 *
 * They were made with Flite, a free speech synthesizer, by voices of many sizes, pitches and speeds (licence beside the data).
 */
export async function spokenDigits(options: SpokenDigitsOptions = {}): Promise<Dataset<Batch>> {
  const { split, length, vary, seed } = resolveOptions('spokenDigits', options, schema);
  if (!vary) return inMemoryDataset(await spokenDigitSamples({ split, length }));
  return variedClips({
    clips: (await readSpokenClips(split)).map(({ sound, digit }) => ({ sound, label: digit })),
    length,
    latestStart: 0.1 * SPOKEN_RATE,
    random: Random.fromSeed(seed),
    classNames: CLASS_NAMES,
    fingerprint: `${fingerprintOf(split, length)}-varied-${seed}`,
  });
}

/** The sounds of {@link spokenDigits} as numbers, with their voices. */
export async function spokenDigitSamples(options: SpokenDigitSamplesOptions = {}): Promise<SpokenDigitSamples> {
  const { split, length } = resolveOptions('spokenDigits', options, clipsSchema);
  const clips = await readSpokenClips(split);
  const values = new Float32Array(clips.length * length);
  clips.forEach(({ sound, peak }, index) => {
    values.set(
      sound.subarray(0, length).map((value) => value * peak),
      index * length,
    );
  });
  return {
    values,
    sampleShape: [length, 1],
    labels: Uint8Array.from(clips, ({ digit }) => digit),
    classNames: CLASS_NAMES,
    fingerprint: fingerprintOf(split, length),
    sampleRate: SPOKEN_RATE,
    voices: clips.map(({ voice }) => voice),
  };
}
