import {
  integer,
  nested,
  number,
  Optimizer,
  type OptimizerOptions,
  optimizerSchema,
  priorDistance,
  type Resolved,
  type State,
  type Step,
  trainableVariables,
  withDefaults,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** How a latent text model learns to give texts back. */
export interface AutoencodingOptions {
  /** Steps before the adversarial game begins, so that it begins with readable texts. Default 2,000. */
  readonly steps?: number;
  /** Default: Adam with β₁ of 0.9 and a learning rate that falls from 1e-3 to 1e-4 over 200,000 samples, so that the game has its say later on. */
  readonly optimizer?: OptimizerOptions;
  /**
   * Share of noise in the points that texts are given back from, 0 to below 1. It makes neighbours alike, and bounds how much of a text a point can
   * hold: -ln of it for each dimension, in nats. Default 0.4.
   */
  readonly noise?: number;
  /** What it costs, against the likelihood of a text in nats, that points do not lie as those of the prior do. Default 50. */
  readonly prior?: number;
}

const falling = { from: 1e-3, to: 1e-4, over: 200_000, shape: 'exponential' };

/** The fields of {@link AutoencodingOptions}. */
export const autoencodingSchema = {
  steps: integer({ min: 0, default: 2000 }),
  optimizer: nested(withDefaults(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 }), { learningRate: falling })),
  noise: number({ min: 0, max: 0.99, default: 0.4 }),
  prior: number({ min: 0, default: 50 }),
};

/** The two networks that autoencoding trains, as functions of one-hot texts and of points. */
export interface Autoencoder {
  readonly encoder: tf.LayersModel;
  readonly generator: tf.LayersModel;
  /** One-hot texts `[batch, length, vocabulary]` to points. */
  encode(texts: tf.Tensor, labels: tf.Tensor1D | undefined): tf.Tensor2D;
  /** How badly the generator gives texts back from points, in nats a text. */
  reconstruction(points: tf.Tensor2D, labels: tf.Tensor1D | undefined, texts: tf.Tensor): tf.Scalar;
}

/**
 * Trains an encoder and the generator as a Wasserstein autoencoder (1711.01558): every real text gets a point from which the generator makes it again, and
 * all points together lie as if they were drawn from the latent space.
 */
export class Autoencoding {
  readonly #autoencoder: Autoencoder;
  readonly #options: Resolved<typeof autoencodingSchema>;
  readonly #optimizer: Optimizer;

  constructor(autoencoder: Autoencoder, options: Resolved<typeof autoencodingSchema>) {
    this.#autoencoder = autoencoder;
    this.#options = options;
    const variables = [...trainableVariables(autoencoder.encoder), ...trainableVariables(autoencoder.generator)];
    this.#optimizer = new Optimizer(variables, options.optimizer);
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

  /** One update. @param prior points drawn from the latent space, @param noise normal, both `[batch, latent]` */
  train(
    texts: tf.Tensor,
    labels: tf.Tensor1D | undefined,
    { prior, noise }: { readonly prior: tf.Tensor2D; readonly noise: tf.Tensor2D },
    { meter, samplesSeen }: Pick<Step<unknown>, 'meter' | 'samplesSeen'>,
  ): void {
    const share = this.#options.noise;
    const { grads } = tf.variableGrads(() => {
      // Both shares have squares of sum 1, so that points of variance 1 keep it.
      const encoded = tf.mul(Math.sqrt(1 - share ** 2), this.#autoencoder.encode(texts, labels));
      const points = tf.add(encoded, tf.mul(share, noise)) as tf.Tensor2D;
      const reconstruction = this.#autoencoder.reconstruction(points, labels, texts);
      const distance = priorDistance(points, prior);
      meter.add('loss/reconstruction', reconstruction);
      meter.add('loss/prior', distance);
      return tf.add(reconstruction, tf.mul(this.#options.prior, distance)) as tf.Scalar;
    }, this.#optimizer.variables);
    this.#optimizer.apply(grads, samplesSeen);
  }
}
