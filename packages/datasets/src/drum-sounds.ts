import {
  type Batch,
  type Dataset,
  either,
  type InMemorySamples,
  inMemoryDataset,
  integer,
  number,
  positiveInteger,
  Random,
  resolveOptions,
  string,
} from '@polygan/core';
import { DRUMS } from './drum-voices.js';

/** Options of {@link drumSounds}. */
export interface DrumSoundsOptions {
  /** How many hits; default 600. */
  readonly count?: number;
  /** Samples a second, from 8,000 Hz; default 16,000. */
  readonly sampleRate?: number;
  /** Samples in each sound; default 16,384. What rings longer is faded out. */
  readonly length?: number;
  /** Same seed, same hits; default 1. */
  readonly seed?: number | string;
}

/** What {@link drumSoundSamples} gives. */
export interface DrumSoundSamples extends InMemorySamples {
  readonly values: Float32Array;
  readonly labels: Uint8Array;
  /** In Hz. */
  readonly sampleRate: number;
}

const schema = {
  count: positiveInteger({ default: 600 }),
  sampleRate: integer({ min: 8000, max: 192_000, default: 16_000 }),
  length: positiveInteger({ default: 16_384 }),
  seed: either(number({ default: 1 }), string()),
};

/** The end of a sound, as a share of it, over which it is faded out. */
const FADE = 0.05;

/**
 * Made-up drum hits: sounds `[length, 1]` in -1…1, in turns of the classes kick, snare, closed hat, open hat, tom and clap, no two alike.
 *
 * They are computed by this package (public domain, CC0), in a browser too. The first hits stay as they are when more are asked for.
 *
 * @throws if an option is out of its range
 */
export function drumSounds(options: DrumSoundsOptions = {}): Dataset<Batch> {
  return inMemoryDataset(drumSoundSamples(options));
}

/** The sounds of {@link drumSounds} as numbers. */
export function drumSoundSamples(options: DrumSoundsOptions = {}): DrumSoundSamples {
  const { count, sampleRate, length, seed } = resolveOptions('drumSounds', options, schema);
  const values = new Float32Array(count * length);
  const random = Random.fromSeed(seed);
  for (let i = 0; i < count; i++) {
    playDrum(i % DRUMS.length, random.split(i), sampleRate, values.subarray(i * length, (i + 1) * length));
  }
  return {
    values,
    labels: Uint8Array.from({ length: count }, (_, i) => i % DRUMS.length),
    sampleShape: [length, 1],
    classNames: DRUMS.map(([name]) => name),
    fingerprint: `drum-sounds-v1-${count}x${length}-${sampleRate}-${seed}`,
    sampleRate,
  };
}

function playDrum(drum: number, random: Random, sampleRate: number, out: Float32Array): void {
  const loudness = random.uniform(0.5, 0.95);
  const hit = DRUMS[drum]![1](random, sampleRate);
  let peak = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = hit(i / sampleRate) * Math.min(1, (out.length - 1 - i) / (FADE * out.length));
    peak = Math.max(peak, Math.abs(out[i]!));
  }
  for (let i = 0; i < out.length; i++) out[i]! *= loudness / peak;
}
