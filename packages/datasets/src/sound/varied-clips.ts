import type { Batch, Dataset, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What {@link variedClips} is made of. */
export interface VariedClipsParts {
  /** Sounds of any length, the highest peak of each at 1, and their classes. */
  readonly clips: readonly { readonly sound: Float32Array; readonly label: number }[];
  /** Samples in what comes out. */
  readonly length: number;
  /** The last sample that a clip may begin at, if it fits in the length then. */
  readonly latestStart: number;
  readonly random: Random;
  readonly classNames: readonly string[];
  readonly fingerprint: string;
}

const SLOWEST = 0.85;
const FASTEST = 1.18;
const QUIETEST = 0.4;
const LOUDEST = 0.95;

/** A dataset of clips each of which comes at another speed, loudness and place in each pass: `[batch, length, 1]` in -1…1. */
export function variedClips({ clips, length, latestStart, random, classNames, fingerprint }: VariedClipsParts): Dataset<Batch> {
  return {
    size: clips.length,
    fingerprint,
    classNames,
    async batch(indices, epochs) {
      const values = new Float32Array(indices.length * length);
      indices.forEach((index, position) => {
        const chance = random.split(`${epochs?.[position] ?? 0}/${index}`);
        const sound = playFaster(clips[index]!.sound, chance.uniform(SLOWEST, FASTEST));
        const peak = chance.uniform(QUIETEST, LOUDEST);
        const room = Math.max(0, Math.min(latestStart, length - sound.length));
        const start = position * length + chance.integer(room + 1);
        for (let i = 0; i < Math.min(sound.length, length); i++) values[start + i] = sound[i]! * peak;
      });
      const labels = Int32Array.from(indices, (index) => clips[index]!.label);
      return { samples: tf.tensor3d(values, [indices.length, length, 1]), labels: tf.tensor1d(labels, 'int32') };
    },
  };
}

/**
 * A sound `speed` times as fast and as high, by cubic interpolation (Catmull-Rom) held within its own range. Without a filter, so for small changes
 * only.
 */
function playFaster(sound: Float32Array, speed: number): Float32Array {
  const at = (index: number) => sound[index] ?? 0;
  return Float32Array.from({ length: Math.floor(sound.length / speed) }, (_, i) => {
    const index = Math.floor(i * speed);
    const t = i * speed - index;
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)] as const;
    const value = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    return Math.max(-1, Math.min(1, value));
  });
}
