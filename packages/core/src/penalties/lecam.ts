import * as tf from '@tensorflow/tfjs';
import { loadTensor, type State, storeTensors } from '../training/state.js';

/**
 * The LeCam regulariser for training on few samples: mean (D(x) - a_fake)² + mean (D(G(z)) - a_real)², where a_real and a_fake are moving
 * averages of the discriminator's mean scores (Tseng et al. 2021, arXiv 2104.03310, equation 5). Weights near 0.01 to 0.3 are usual.
 *
 * The averages begin as the first batch's means. Deviation from the authors' code: no rectifier around the differences, as in the paper.
 */
export class LeCam {
  readonly #decay: number;
  readonly #averages: { readonly real: tf.Variable; readonly fake: tf.Variable };
  #isStarted = false;

  /** @param options.decay what is kept of the averages at each step, 0 to 1. Default 0.99 */
  constructor({ decay = 0.99 }: { readonly decay?: number } = {}) {
    this.#decay = decay;
    this.#averages = tf.tidy(() => ({ real: tf.variable(tf.scalar(0), false), fake: tf.variable(tf.scalar(0), false) }));
  }

  /**
   * Moves the averages, then gives the penalty of these scores; the averages are constants to its gradient.
   *
   * To be used inside `tf.variableGrads`. Borrows the scores; the caller owns the scalar.
   */
  penalty(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
    return tf.tidy(() => {
      const kept = this.#isStarted ? this.#decay : 0;
      this.#isStarted = true;
      for (const [average, scores] of [
        [this.#averages.real, real],
        [this.#averages.fake, fake],
      ] as const) {
        average.assign(tf.add(tf.mul(average, kept), tf.mul(tf.mean(scores), 1 - kept)));
      }
      const fromFake = tf.squaredDifference(real, this.#averages.fake);
      const fromReal = tf.squaredDifference(fake, this.#averages.real);
      return tf.add<tf.Scalar>(tf.mean(fromFake), tf.mean(fromReal));
    });
  }

  /** The averages, for a checkpoint. */
  async state(): Promise<State> {
    return { tensors: await storeTensors(this.#averages), values: { isStarted: this.#isStarted } };
  }

  /** Goes on where {@link state} stood. */
  restore({ tensors, values }: State): void {
    tf.tidy(() => {
      this.#averages.real.assign(loadTensor(tensors.real!));
      this.#averages.fake.assign(loadTensor(tensors.fake!));
    });
    this.#isStarted = values.isStarted as boolean;
  }

  dispose(): void {
    tf.dispose([this.#averages.real, this.#averages.fake]);
  }
}
