import { type Batch, type Dataset, oneOf, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { WAVE_LENGTHS } from '../wavegan/wave-layers.js';
import { FRAME_LENGTHS, logMagnitudes, type SpectrogramFraming, spectrogramSize } from './log-magnitudes.js';

/** How loud each bin is: mean and deviation of the natural logarithm of its magnitude, from 0 Hz to half the sample rate. */
export interface SpectrogramMoments {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** What {@link specGan} can be made for. */
const framingSchema = { length: oneOf(WAVE_LENGTHS), channels: oneOf([1, 2]), frameLength: oneOf(FRAME_LENGTHS) };

/** Sounds taken at a time. */
const PIECE = 32;
/** A bin that never changes is left at 0 when it is normalised. */
const LEAST_DEVIATION = 1e-3;

/**
 * The moments of each frequency bin over a set of sounds, for {@link specGan} (1802.04208, section 3.2).
 *
 * @param data sounds `[batch, length, channels]`
 * @param options.most how many sounds are looked at, spread evenly over the set. Default 1000
 * @throws {OptionsError} for a framing that `specGan` cannot have
 */
export async function spectrogramMoments(
  data: Dataset<Batch>,
  framing: SpectrogramFraming,
  { most = 1000 }: { readonly most?: number } = {},
): Promise<SpectrogramMoments> {
  resolveOptions('spectrogramMoments', framing, framingSchema);
  const count = Math.min(most, data.size);
  const bins = spectrogramSize(framing).bins + 1;
  const sums = new Float64Array(bins);
  const squares = new Float64Array(bins);
  for (let from = 0; from < count; from += PIECE) {
    const indices = Array.from({ length: Math.min(PIECE, count - from) }, (_, i) => Math.floor(((from + i) * data.size) / count));
    const { samples, labels } = await data.batch(indices);
    const logarithms = logMagnitudes(samples, framing);
    // Sums in double precision: the differences of large squares are what counts.
    (await logarithms.data()).forEach((value, i) => {
      const bin = Math.floor(i / framing.channels) % bins;
      sums[bin]! += value;
      squares[bin]! += value * value;
    });
    tf.dispose([samples, logarithms, ...(labels ? [labels] : [])]);
  }
  const values = count * spectrogramSize(framing).frames * framing.channels;
  const mean = Array.from(sums, (sum) => sum / values);
  const deviation = mean.map((value, bin) =>
    Math.max(Math.sqrt(Math.max(0, squares[bin]! / values - value ** 2)), LEAST_DEVIATION),
  );
  return { mean, deviation };
}
