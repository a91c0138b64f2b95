import * as tf from '@tensorflow/tfjs';

/** The largest share of a total that a draw may ask for: 1 itself would find no token. */
const BELOW_ONE = 1 - 2 ** -20;

/**
 * Draws one token per row from a categorical distribution, by inverting its cumulative sums: one uniform number decides a row.
 *
 * In two levels, so that no sums over the whole vocabulary are needed: first the block of about √vocabulary tokens, then the token within it. A token of
 * probability 0 is never drawn.
 *
 * @param probabilities `[rows, vocabulary]`, not negative; a row need not sum to 1
 * @param uniforms from [0, 1], `[rows, 1]`
 * @returns int32 `[rows]`
 */
export function drawTokens(probabilities: tf.Tensor2D, uniforms: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const [rows, vocabulary] = probabilities.shape;
    const size = blockSize(vocabulary);
    const blocks = Math.ceil(vocabulary / size);
    const padded =
      blocks * size === vocabulary
        ? probabilities
        : tf.pad(probabilities, [
            [0, 0],
            [0, blocks * size - vocabulary],
          ]);
    const table = tf.reshape(padded, [rows, blocks, size]);

    const sums = tf.cumsum(tf.sum(table, 2), 1) as tf.Tensor2D;
    const found = invert(sums, uniforms);
    const numbers = tf.add(tf.range(0, rows * blocks, blocks, 'int32'), found.index);
    const block = tf.gather(tf.reshape(table, [rows * blocks, size]), numbers) as tf.Tensor2D;
    const within = invert(tf.cumsum(block, 1) as tf.Tensor2D, found.rest);
    return tf.add(tf.mul(found.index, tf.scalar(size, 'int32')), within.index);
  });
}

/** The first place of each row whose cumulative sum is above a share of the total, and how far into that place the share reaches, 0 to 1. */
function invert(sums: tf.Tensor2D, share: tf.Tensor2D): { index: tf.Tensor1D; rest: tf.Tensor2D } {
  const [rows, places] = sums.shape;
  const total = tf.slice(sums, [0, places - 1], [rows, 1]);
  const target = tf.mul(total, tf.minimum(share, BELOW_ONE));
  const passed = tf.cast(tf.lessEqual(sums, target), 'float32');
  const before = tf.max(tf.mul(sums, passed), 1, true);
  // The sums rise, so the least of those that are above the target is the next one.
  const after = tf.min(tf.add(sums, tf.mul(passed, total)), 1, true);
  return {
    index: tf.cast(tf.sum(passed, 1), 'int32') as tf.Tensor1D,
    rest: tf.div(tf.sub(target, before), tf.sub(after, before)) as tf.Tensor2D,
  };
}

/** About the root of the vocabulary; a divisor of it if there is one near, so that nothing need be padded. */
function blockSize(vocabulary: number): number {
  const root = Math.ceil(Math.sqrt(vocabulary));
  for (let size = root; size <= 2 * root; size++) if (vocabulary % size === 0) return size;
  return root;
}
