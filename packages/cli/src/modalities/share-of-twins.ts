import { type Batch, type Dataset, Random, samplesAt } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** So many samples are looked at, of larger data picked at random. */
const LOOKED_AT = 512;
const BATCH = 128;
/** Pictures are compared at about this many pixels a side, sounds by the loudness of this many pieces: files of another compression or size are the same then. */
const SIDE = 16;
const PIECES = 512;
/** Twins differ by less than this share of what samples differ by as a rule, in root mean square. */
const NEAR = 0.03;
/** Fewer pairs than this may be chance. */
const FEWEST = 3;

/**
 * About which share of samples have another that is nearly the same, 0 to 1, from a look at some of them. Pictures `[batch, height, width, channels]`, sounds
 * `[batch, samples, channels]` and rows of tokens `[batch, length]`, of which only the same ones count.
 */
export async function shareOfTwins({ size, batch }: Pick<Dataset<Batch>, 'size' | 'batch'>): Promise<number> {
  const order = size > LOOKED_AT ? Random.fromSeed('twins').permutation(size) : Uint32Array.from({ length: size }, (_, i) => i);
  const chosen = [...order.subarray(0, LOOKED_AT)];
  const parts: tf.Tensor2D[] = [];
  for (let first = 0; first < chosen.length; first += BATCH) {
    const samples = await samplesAt({ batch }, chosen.slice(first, first + BATCH));
    parts.push(tf.tidy(() => looks(samples)));
    samples.dispose();
  }
  const rows = tf.concat(parts);
  tf.dispose(parts);
  const found = rows.dtype === 'int32' ? await repeatedRows(rows) : await nearRows(rows);
  rows.dispose();
  // A twin lies among those looked at as often as these are of all.
  return found < FEWEST ? 0 : Math.min(1, (found / chosen.length) * ((size - 1) / (chosen.length - 1)));
}

/** What samples are compared by, a row for each. */
function looks(samples: tf.Tensor): tf.Tensor2D {
  const [count, first = 1] = samples.shape;
  if (samples.rank === 4) {
    const window = Math.max(1, Math.floor(first / SIDE));
    return tf.avgPool(samples as tf.Tensor4D, window, window, 'valid').reshape([count!, -1]);
  }
  if (samples.rank === 3) {
    const window = Math.max(1, Math.floor(first / PIECES));
    const loudness = tf.abs(samples).reshape([count!, first, 1, -1]) as tf.Tensor4D;
    return tf.avgPool(loudness, [window, 1], [window, 1], 'valid').reshape([count!, -1]);
  }
  return tf.clone(samples) as tf.Tensor2D;
}

/** Rows that are the same as an earlier one, and those. */
async function repeatedRows(rows: tf.Tensor2D): Promise<number> {
  const [count, width] = rows.shape;
  const values = await rows.data();
  const seen = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    const key = values.subarray(row * width, (row + 1) * width).join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen.values()].reduce((sum, times) => sum + (times > 1 ? times : 0), 0);
}

/** Rows of which another one is near. */
async function nearRows(rows: tf.Tensor2D): Promise<number> {
  const [count, width] = rows.shape;
  const measured = tf.tidy(() => {
    // Around the mean, where rounding hurts least.
    const { mean, variance } = tf.moments(rows, 0);
    const centred = tf.sub(rows, mean) as tf.Tensor2D;
    const squares = tf.sum(tf.square(centred), 1, true);
    const products = tf.matMul(centred, centred, false, true);
    const all = tf.sub(tf.add(squares, tf.transpose(squares)), tf.mul(products, 2));
    // None is its own twin.
    const nearest = tf.min(tf.add(all, tf.mul(tf.eye(count), 1e9)), 1);
    // Two samples differ by twice the variance.
    return tf.div(nearest, tf.mul(tf.mean(variance), 2 * width));
  });
  const differences = Array.from(await measured.data());
  measured.dispose();
  return differences.filter((difference) => difference < NEAR ** 2).length;
}
