import { Random } from '@polygan/core';

/** Which parts of a sound are samples. */
export type SliceRule = 'first' | 'overlapping' | 'random';

/** Options of {@link sliceIndex}. */
export interface SliceOptions {
  readonly rule: SliceRule;
  /** Samples in a slice. */
  readonly length: number;
  /** The least share of a slice that the next one repeats. */
  readonly overlap: number;
  /** Decides random places. */
  readonly seed: number;
}

/** One slice of one sound. */
export interface Slice {
  /** Number of the sound. */
  readonly sound: number;
  /** Number of the slice in its sound. */
  readonly part: number;
}

/** Which slices there are, and where they begin. */
export interface SliceIndex {
  readonly size: number;
  slice(index: number): Slice;
  /** Where a slice begins in a sound of `available` samples, if the sound is longer than a slice. */
  start(slice: Slice, available: number, epoch: number): number;
}

/**
 * Numbers the slices of sounds of given lengths. 'first' has one a sound; 'overlapping' as many as cover it, evenly spread from its beginning to its end;
 * 'random' as many as fit into it one after another, at places drawn anew in each pass.
 */
export function sliceIndex(lengths: readonly number[], { rule, length, overlap, seed }: SliceOptions): SliceIndex {
  const counts = lengths.map((available) => {
    if (rule === 'first' || available <= length) return 1;
    if (rule === 'random') return Math.floor(available / length);
    return 1 + Math.ceil((available - length) / Math.max(1, Math.round(length * (1 - overlap))));
  });
  const size = counts.reduce((sum, count) => sum + count, 0);
  const soundOf = new Uint32Array(size);
  const firsts = new Uint32Array(lengths.length);
  let next = 0;
  counts.forEach((count, sound) => {
    firsts[sound] = next;
    soundOf.fill(sound, next, next + count);
    next += count;
  });
  const random = Random.fromSeed(seed).split('slices');
  return {
    size,
    slice: (index) => ({ sound: soundOf[index]!, part: index - firsts[soundOf[index]!]! }),
    start({ sound, part }, available, epoch) {
      const room = available - length;
      const count = counts[sound]!;
      if (room <= 0 || rule === 'first') return 0;
      // A sound that stood in for a broken one may have fewer slices than that.
      if (rule === 'overlapping') return count === 1 ? 0 : Math.round(((part % count) * room) / (count - 1));
      return random.split(`${epoch} ${sound} ${part}`).integer(room + 1);
    },
  };
}
