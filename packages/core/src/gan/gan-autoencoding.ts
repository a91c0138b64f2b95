import * as tf from '@tensorflow/tfjs';
import { priorDistance } from '../latent/prior-distance.js';
import { Optimizer } from '../optimizers/optimizer.js';
import type { Random } from '../random/random.js';
import type { Step } from '../training/method.js';
import type { State } from '../training/state.js';
import { trainableVariables } from '../training/trainable-variables.js';
import type { Gan } from './gan.js';
import type { ResolvedGanOptions } from './gan-options.js';

/**
 * Trains the encoder and the generator of a GAN as a Wasserstein autoencoder (1711.01558), beside the game: every real sample gets a point from which the
 * generator makes it again, and all points together lie as if they were drawn from the latent space. A generator that has to give back all that there is
 * cannot fall for one kind of sample alone (the idea is that of VAE-GAN, 1512.09300).
 */
export class GanAutoencoding {
  readonly #gan: Gan;
  readonly #options: ResolvedGanOptions['autoencoding'];
  readonly #optimizer: Optimizer;

  /** @param gan one that has an encoder */
  constructor(gan: Gan, options: ResolvedGanOptions['autoencoding']) {
    this.#gan = gan;
    this.#options = options;
    this.#optimizer = new Optimizer(
      [...trainableVariables(gan.encoder!), ...trainableVariables(gan.generator)],
      options.optimizer,
    );
  }

  /** One update. Borrows real samples and their classes. */
  train(
    samples: tf.Tensor,
    labels: tf.Tensor1D | undefined,
    random: Random,
    { batchSize, meter, samplesSeen }: Step<unknown>,
  ): void {
    const { weight, noise: share, prior } = this.#options;
    const { latent } = this.#gan;
    const noise = random.normalTensor<tf.Rank.R2>([batchSize, latent.dimensions]);
    const drawn = latent.sample(batchSize, random);
    const { grads } = tf.variableGrads(() => {
      // Both shares have squares of sum 1, so that points of variance 1 keep it.
      const encoded = tf.mul(Math.sqrt(1 - share ** 2), this.#gan.encodeInTraining(samples, labels));
      const points = tf.add(encoded, tf.mul(share, noise)) as tf.Tensor2D;
      const reconstruction = this.#gan.reconstruction(points, labels, samples);
      const distance = priorDistance(points, drawn);
      meter.add('loss/reconstruction', reconstruction);
      meter.add('loss/prior', distance);
      return tf.mul(weight, tf.add(reconstruction, tf.mul(prior, distance))) as tf.Scalar;
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
