import type { FeatureMatrix } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { melFilterbank } from '../signal/mel-filterbank.js';
import { powerSpectrogram } from '../signal/stft.js';

/** How loud each sound is, and in which bands. */
export interface SoundProfile {
  /** Root of the mean square of each sound, in dB below full scale, `[sounds, 1]`. */
  readonly loudness: FeatureMatrix;
  /** The spectral envelope: mean power of each mel band over the sound, in dB, `[sounds, bands]`. */
  readonly envelope: FeatureMatrix;
}

const BANDS = 32;
const FRAME_LENGTH = 512;
const HOP_LENGTH = 256;
/** Powers below this (-100 dB) count as silence. */
const FLOOR = 1e-10;
const PIECE = 64;

/**
 * Loudness and spectral envelope of each sound: what two sets of sounds can be compared by when nobody has said what matters in them.
 *
 * @param sounds `[batch, samples, channels]` in -1…1; borrowed
 * @param sampleRate in Hz
 */
export async function soundProfile(sounds: tf.Tensor, sampleRate: number): Promise<SoundProfile> {
  const [count] = sounds.shape as [number];
  const filters = melFilterbank(FRAME_LENGTH, { sampleRate, bands: BANDS });
  const loudness = new Float32Array(count);
  const envelope = new Float32Array(count * BANDS);
  for (let from = 0; from < count; from += PIECE) {
    const results = tf.tidy(() => {
      const piece = tf.slice(sounds, [from, 0, 0], [Math.min(PIECE, count - from), -1, -1]);
      const power = powerSpectrogram(tf.mean(piece, 2), { frameLength: FRAME_LENGTH, hopLength: HOP_LENGTH });
      const mean = tf.mean(power, 1) as tf.Tensor2D;
      const bands = tf.matMul(mean, tf.tensor2d(filters, [FRAME_LENGTH / 2 + 1, BANDS]));
      return [inDecibels(tf.mean(tf.square(piece), [1, 2])), inDecibels(bands)];
    });
    const [loud, bands] = await Promise.all(results.map((result) => result.data()));
    loudness.set(loud as Float32Array, from);
    envelope.set(bands as Float32Array, from * BANDS);
    tf.dispose(results);
  }
  return { loudness: { values: loudness, rows: count, columns: 1 }, envelope: { values: envelope, rows: count, columns: BANDS } };
}

/**
 * How far two sets of sounds lie apart in loudness, in dB: the 1-Wasserstein distance of their distributions, so 6 if all sounds of one are twice as loud.
 */
export function loudnessDistance(real: SoundProfile, fake: SoundProfile): number {
  return columnDistance(real.loudness, fake.loudness, 0);
}

/**
 * How far two sets of sounds lie apart in their spectral envelopes, in dB: the 1-Wasserstein distance of the distributions of each mel band, averaged
 * over the bands.
 */
export function envelopeDistance(real: SoundProfile, fake: SoundProfile): number {
  let sum = 0;
  for (let band = 0; band < real.envelope.columns; band++) sum += columnDistance(real.envelope, fake.envelope, band);
  return sum / real.envelope.columns;
}

function inDecibels(power: tf.Tensor): tf.Tensor {
  return tf.mul(tf.log(tf.maximum(power, FLOOR)), 10 / Math.LN10);
}

/** The area between the two quantile functions of a column. */
function columnDistance(first: FeatureMatrix, second: FeatureMatrix, column: number): number {
  const [a, b] = [first, second].map(({ values, rows, columns }) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]!).sort(),
  ) as [Float64Array, Float64Array];
  let distance = 0;
  for (let i = 0, j = 0, done = 0; i < a.length && j < b.length; ) {
    const next = Math.min((i + 1) / a.length, (j + 1) / b.length);
    distance += (next - done) * Math.abs(a[i]! - b[j]!);
    // Whole numbers decide which side moves on, so that rounding cannot.
    const order = (i + 1) * b.length - (j + 1) * a.length;
    if (order <= 0) i++;
    if (order >= 0) j++;
    done = next;
  }
  return distance;
}
