import * as tf from '@tensorflow/tfjs';
import { OptionsError } from '../options/options-error.js';
import type { Random } from '../random/random.js';
import type { Meter } from '../training/meter.js';
import { loadTensor, type State, storeTensors } from '../training/state.js';
import type { Augmentation } from './augmentation.js';
import type { ResolvedGanOptions } from './gan-options.js';

/**
 * The augmentation of one training, and its probability where that adapts: it rises while the discriminator is too sure of real samples, and falls
 * while it is not (2006.06676, section 3). Whatever is not asked for costs nothing.
 *
 * Deviation from the paper: the probability moves at every update of the discriminator, by that batch, where the authors' code gathers four.
 */
export class GanAugmentation {
  readonly #options: ResolvedGanOptions['augment'];
  readonly #augmentation: Augmentation | undefined;
  readonly #probability: tf.Variable<tf.Rank.R0>;

  /** @throws {OptionsError} for kinds of changes that the model does not have */
  constructor(options: ResolvedGanOptions['augment'], augmentation: Augmentation | undefined) {
    const known = augmentation?.kinds ?? [];
    const unknown = options.policy.find((kind) => !known.includes(kind));
    if (unknown !== undefined) {
      throw new OptionsError(
        { where: 'train', path: 'augment.policy' },
        `'augment.policy' must be a list of ${known.length > 0 ? known.join(', ') : 'nothing: this model has no augmentation'}; got '${unknown}'`,
      );
    }
    this.#options = options;
    this.#augmentation = options.policy.length > 0 ? augmentation : undefined;
    const { probability } = options;
    this.#probability = tf.tidy(() => tf.variable(tf.scalar(probability === 'adaptive' ? 0 : probability), false));
  }

  /** Samples as the discriminator is to see them. */
  onSamples(samples: tf.Tensor, random: Random): tf.Tensor {
    const { policy: kinds } = this.#options;
    return this.#augmentation?.apply(samples, { kinds, probability: this.#probability, random }) ?? samples;
  }

  /** Moves an adaptive probability by the scores of a batch of real samples, as they were judged. */
  adapt(real: tf.Tensor, meter: Meter): void {
    const { probability, target, over } = this.#options;
    if (!this.#augmentation || probability !== 'adaptive') return;
    tf.tidy(() => {
      // 1 where all real samples are told from generated ones, 0 where the scores say nothing (2006.06676, equation 1, r_t).
      const sureness = tf.mean(tf.sign(real));
      const step = tf.mul(tf.sign(tf.sub(sureness, target)), real.shape[0]! / over);
      this.#probability.assign(tf.clipByValue(tf.add(this.#probability, step), 0, 1) as tf.Scalar);
      meter.add('augment/sureness', sureness);
      meter.add('augment/probability', this.#probability);
    });
  }

  async state(): Promise<State> {
    return { tensors: await storeTensors({ probability: this.#probability }), values: {} };
  }

  restore({ tensors }: State): void {
    tf.tidy(() => this.#probability.assign(loadTensor(tensors.probability!) as tf.Scalar));
  }

  dispose(): void {
    this.#probability.dispose();
  }
}
