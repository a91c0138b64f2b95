import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Options of {@link jitterPictures}. */
export interface JitterOptions {
  /** The most pixels that a picture is moved by along each axis. */
  readonly shift: number;
  /** Whether half of the pictures are mirrored, left to right. */
  readonly flip: boolean;
}

/**
 * Moves and mirrors each picture `[batch, height, width, channels]` at random; what comes in from outside is black (-1). Borrows the pictures, the
 * caller owns the result.
 *
 * Each picture is multiplied by a matrix of ones and zeros from either side. What is random is then in the values and never in the shape of the
 * computation, so that an engine that compiles it does so once; and gradients pass through.
 */
export function jitterPictures(pictures: tf.Tensor4D, random: Random, { shift, flip }: JitterOptions): tf.Tensor4D {
  const [count, height, width, channels] = pictures.shape;
  return tf.tidy(() => {
    const rows = placements(count, height, random, shift, false);
    const columns = placements(count, width, random, shift, flip);
    const fromBlack = tf.add(pictures, 1);
    const movedDown = tf.matMul(rows, fromBlack.reshape([count, height, width * channels]));
    // [batch, width, height × channels], so that columns can be multiplied from the left as well.
    const turned = movedDown.reshape([count, height, width, channels]).transpose([0, 2, 1, 3]);
    const moved = tf.matMul(columns, turned.reshape([count, width, height * channels]));
    return moved.reshape([count, width, height, channels]).transpose([0, 2, 1, 3]).sub(1) as tf.Tensor4D;
  });
}

/** For each picture a matrix `[length, length]` that moves its lines, and turns their order around in half of the pictures if asked to. */
function placements(count: number, length: number, random: Random, shift: number, flip: boolean): tf.Tensor3D {
  const values = new Float32Array(count * length * length);
  for (let i = 0; i < count; i++) {
    const by = random.integer(2 * shift + 1) - shift;
    const mirrored = flip && random.integer(2) === 1;
    for (let from = 0; from < length; from++) {
      const to = (mirrored ? length - 1 - from : from) + by;
      if (to >= 0 && to < length) values[(i * length + to) * length + from] = 1;
    }
  }
  return tf.tensor3d(values, [count, length, length]);
}
