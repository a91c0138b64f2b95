import * as tf from '@tensorflow/tfjs';
import type { Told } from '../latent/with-conditions.js';
import type { DiscriminatorTargets } from '../losses/adversarial.js';
import type { Random } from '../random/random.js';
import { scheduledValue } from '../schedules/schedule.js';
import type { ResolvedGanOptions } from './gan-options.js';

/** The noise that makes a GAN's training robust, each kind where it enters the step. Whatever is set to 0 costs nothing. */
export class GanNoise {
  readonly #options: ResolvedGanOptions['noise'];

  constructor(options: ResolvedGanOptions['noise']) {
    this.#options = options;
  }

  /** Instance noise (1610.04490) on samples before they are judged. */
  onSamples(samples: tf.Tensor, samplesSeen: number, random: Random): tf.Tensor {
    return addNoise(samples, scheduledValue(this.#options.instance, samplesSeen), random);
  }

  onPoints(points: tf.Tensor2D, samplesSeen: number, random: Random): tf.Tensor2D {
    return addNoise(points, scheduledValue(this.#options.latent, samplesSeen), random);
  }

  /** Noise on what samples are said to be made under: a discriminator that is told many numbers knows each real sample by them (2011.07466). */
  onTold(told: Told, random: Random): Told {
    const { conditions } = told;
    return conditions ? { ...told, conditions: addNoise(conditions, this.#options.conditions, random) } : told;
  }

  /** What the discriminator is told: 1 - labelSmoothing for real samples (one-sided, 1606.03498), 0 for generated ones, some of them swapped. One for each sample, in a shape that fits scores `[batch, …]`. */
  targets([batchSize, ...rest]: readonly number[], random: Random): DiscriminatorTargets {
    const { labelSmoothing, labelFlipping } = this.#options;
    const real = 1 - labelSmoothing;
    if (labelFlipping === 0) return { real, fake: 0 };
    const flipped = (target: number, other: number) =>
      tf.tensor(
        Float32Array.from({ length: batchSize! }, () => (random.uniform() < labelFlipping ? other : target)),
        [batchSize!, ...rest.map(() => 1)],
      );
    return { real: flipped(real, 0), fake: flipped(0, real) };
  }
}

function addNoise<T extends tf.Tensor>(tensor: T, deviation: number, random: Random): T {
  return deviation === 0 ? tensor : (tf.add(tensor, random.normalTensor(tensor.shape, 0, deviation)) as T);
}
