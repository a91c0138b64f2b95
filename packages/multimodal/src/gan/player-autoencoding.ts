import { Optimizer, priorDistance, type Random, type State, type Step, trainableVariables } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { ResolvedMultimodalTraining } from './multimodal-options.js';
import type { Player } from './player.js';

/**
 * Trains encoder and generator of one modality as a Wasserstein autoencoder (1711.01558) of what the shared code leaves open: a real sample gets a private
 * point from which, and from its code, the generator makes it again; all these points together lie as if they were drawn, whatever the codes.
 */
export class PlayerAutoencoding {
  readonly #player: Player;
  readonly #options: ResolvedMultimodalTraining['autoencoding'];
  readonly #optimizer: Optimizer;
  readonly #reconstruction: (inputs: tf.Tensor, samples: tf.Tensor) => tf.Scalar;

  /** @param player one that has an encoder */
  constructor(player: Player, options: ResolvedMultimodalTraining['autoencoding']) {
    this.#player = player;
    this.#options = options;
    this.#reconstruction = player.parts.autoencoder!.reconstruction(player.generator);
    const variables = [...trainableVariables(player.encoder!), ...trainableVariables(player.generator)];
    this.#optimizer = new Optimizer(variables, options.optimizer);
  }

  /** One update. Borrows real samples and their codes. */
  train(samples: tf.Tensor, codes: tf.Tensor2D, random: Random, { meter, samplesSeen }: Step<unknown>): void {
    const { name, privateDimensions } = this.#player;
    const { noise: share, prior } = this.#options;
    const drawn = () => random.normalTensor<tf.Rank.R2>([codes.shape[0], privateDimensions]);
    const [noise, target] = [drawn(), drawn()];
    const { grads } = tf.variableGrads(() => {
      // Both shares have squares of sum 1, so that points of variance 1 keep it.
      const own = tf.add(
        tf.mul(Math.sqrt(1 - share ** 2), this.#player.encodeInTraining(samples)),
        tf.mul(share, noise),
      ) as tf.Tensor2D;
      const reconstruction = this.#reconstruction(tf.concat([codes, own], 1), samples);
      meter.add(`loss/reconstruction/${name}`, reconstruction);
      // Together with the codes: private points shall not tell again what codes tell, or the generator would read it there.
      const withCodes = (points: tf.Tensor2D) =>
        tf.concat([tf.mul(Math.sqrt(privateDimensions), codes) as tf.Tensor2D, points], 1);
      return tf.add(reconstruction, tf.mul(prior, priorDistance(withCodes(own), withCodes(target)))) as tf.Scalar;
    }, this.#optimizer.variables);
    this.#optimizer.apply(grads, samplesSeen);
  }

  state(): Promise<State> {
    return this.#optimizer.state();
  }

  restore(state: State): Promise<void> {
    return this.#optimizer.restore(state);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}
