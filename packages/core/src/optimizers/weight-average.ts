import * as tf from '@tensorflow/tfjs';
import { number } from '../options/field.js';
import type { Resolved } from '../options/resolve-options.js';

/** The fields of the options of a {@link WeightAverage}. */
export const averageSchema = {
  /** Real samples after which a weight's share in the average has halved; 0 copies the weights as they are. */
  halfLife: number({ min: 0, default: 10_000 }),
  /** Real samples that pass before averaging begins; until then the weights are copied. */
  start: number({ min: 0, default: 0 }),
};

/**
 * A moving average of a network's weights in a second network of the same build (1806.04498; half-life in samples as in StyleGAN).
 *
 * While the training is young the half-life is shorter, a twentieth of the samples seen, so that the first, random weights are soon forgotten.
 */
export class WeightAverage {
  readonly #sources: readonly tf.Tensor[];
  readonly #averages: readonly tf.Variable[];
  readonly #options: Resolved<typeof averageSchema>;

  constructor(source: tf.LayersModel, average: tf.LayersModel, options: Resolved<typeof averageSchema>) {
    // The weights' variables stay the same for as long as the network lives; only their values change.
    this.#sources = source.weights.map((weight) => weight.read());
    this.#averages = average.weights.map((weight) => weight.read() as tf.Variable);
    this.#options = options;
  }

  /** Moves the average towards the weights; after each of the generator's updates. */
  update(samplesSeen: number, batchSize: number): void {
    const { halfLife, start } = this.#options;
    const half = Math.min(halfLife, (samplesSeen - start) * 0.05);
    const kept = half > 0 ? 0.5 ** (batchSize / half) : 0;
    if (kept === 0) {
      this.#averages.forEach((average, i) => {
        average.assign(this.#sources[i]!);
      });
      return;
    }
    tf.tidy(() => {
      // A tensor, not a number in the code of the step: it changes from step to step.
      const share = tf.scalar(1 - kept);
      this.#averages.forEach((average, i) => {
        average.assign(tf.add(average, tf.mul(tf.sub(this.#sources[i]!, average), share)));
      });
    });
  }
}
