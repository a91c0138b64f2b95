import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Options of {@link jitterSounds}. */
export interface JitterOptions {
  /** The most that a sound is moved by, as a share of its length. */
  readonly shift: number;
  /** The most dB that a sound is made louder or softer by. */
  readonly gain: number;
}

/** Steps of shifting: few, so that a selection among all of them is cheap. */
const PLACES = 16;

/**
 * Moves each sound `[batch, samples, channels]` in time at random, with silence coming in, and changes its loudness. Borrows the sounds, the caller owns
 * the result.
 *
 * Sounds are laid out in blocks and multiplied by a matrix that moves blocks: what is random is then in the values and never in the shape of the
 * computation, so that an engine that compiles it does so once.
 */
export function jitterSounds(sounds: tf.Tensor3D, random: Random, { shift, gain }: JitterOptions): tf.Tensor3D {
  const [count, length, channels] = sounds.shape;
  return tf.tidy(() => {
    const gains = Float32Array.from({ length: count }, () => 10 ** (random.uniform(-gain, gain) / 20));
    const block = Math.max(1, Math.floor((shift * length) / PLACES));
    const blocks = Math.ceil(length / block);
    const most = Math.floor((shift * length) / block);
    const padded = tf.pad(sounds, [
      [0, 0],
      [0, blocks * block - length],
      [0, 0],
    ]);
    const values = new Float32Array(count * blocks * blocks);
    for (let i = 0; i < count; i++) {
      const by = random.integer(2 * most + 1) - most;
      for (let from = 0; from < blocks; from++) {
        const to = from + by;
        if (to >= 0 && to < blocks) values[(i * blocks + to) * blocks + from] = gains[i]!;
      }
    }
    const moved = tf.matMul(tf.tensor3d(values, [count, blocks, blocks]), padded.reshape([count, blocks, block * channels]));
    return moved.reshape([count, blocks * block, channels]).slice([0, 0, 0], [count, length, channels]) as tf.Tensor3D;
  });
}
