import type { SoundFile } from './list-sounds.js';
import type { SliceRule } from './sound-slices.js';

/** What to train with. */
export interface SoundProposal {
  /** In Hz. */
  readonly sampleRate: number;
  /** Samples in each sound: 1024 times a power of two. */
  readonly length: number;
  readonly channels: 1 | 2;
  readonly slices: SliceRule;
  /** Channels of the network's narrowest layer: what a processor trains in hours. */
  readonly width: number;
}

/** As the paper has it; more makes training longer, and longer sounds harder to learn. */
const MOST_RATE = 16_000;
const SHORTEST = 4096;
const LONGEST = 16_384;
/** So many sounds are to fit in whole. */
const SHARE = 0.95;
/** Beyond this many times the length of a sample, a sound is a recording to cut pieces from. */
const RECORDING = 2;

/**
 * Rate, length, channels and slices that suit sounds: the rate that most of them have, up to 16 kHz, and a length that 95 % of them fit into. What is
 * settled already stays.
 */
export function proposalFor(
  sounds: readonly SoundFile[],
  settled: { readonly [Name in keyof SoundProposal]?: SoundProposal[Name] | undefined } = {},
): SoundProposal {
  const sampleRate = settled.sampleRate ?? Math.min(MOST_RATE, commonest(sounds.map(({ header }) => header.sampleRate)));
  const lengths = sounds.map(({ header }) => (header.length * sampleRate) / header.sampleRate).sort((a, b) => a - b);
  const length = settled.length ?? lengthFor(lengths[Math.min(lengths.length - 1, Math.floor(SHARE * lengths.length))]!);
  const isRecordings = lengths[lengths.length >> 1]! > RECORDING * length;
  return {
    sampleRate,
    length,
    channels: settled.channels ?? 1,
    slices: settled.slices ?? (isRecordings ? 'random' : 'first'),
    width: settled.width ?? 32,
  };
}

function lengthFor(samples: number): number {
  let length = SHORTEST;
  while (length < samples && length < LONGEST) length *= 2;
  return length;
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, times], [b, others]) => others - times || a - b)[0]![0];
}
