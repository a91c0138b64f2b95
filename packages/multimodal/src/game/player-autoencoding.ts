import {
  type autoencodingSchema,
  type GanParts,
  Optimizer,
  priorDistance,
  type Random,
  type Resolved,
  type State,
  type Step,
  trainableVariables,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** A modality whose samples can be given back. */
export interface AutoencodedPlayer {
  readonly name: string;
  readonly parts: GanParts<unknown>;
  readonly generator: tf.LayersModel;
  /** There must be one. */
  readonly encoder: tf.LayersModel | undefined;
}

/** What points of real samples have to do with the rest of the model. All differentiable, and called inside a gradient. */
export interface PointsOfReal {
  /** How many dimensions they have. */
  readonly dimensions: number;
  /** The points of this step's real samples, `[batch, dimensions]`. */
  encoded(): tf.Tensor2D;
  /** What the generator takes at points. */
  generatorInput(points: tf.Tensor2D): tf.Tensor;
  /** Points with what they must not tell again, where there is such a thing: that all together lies as if the points were drawn. */
  besides?(points: tf.Tensor2D): tf.Tensor2D;
}

/**
 * Trains encoder and generator of one modality as a Wasserstein autoencoder (1711.01558) beside the game: a real sample gets a point from which the generator makes
 * it again; all these points together lie as if they were drawn.
 */
export class PlayerAutoencoding {
  readonly #player: AutoencodedPlayer;
  readonly #options: Resolved<typeof autoencodingSchema>;
  readonly #optimizer: Optimizer;
  readonly #reconstruction: (inputs: tf.Tensor, samples: tf.Tensor) => tf.Scalar;

  /** @param left variables that it leaves to others */
  constructor(
    player: AutoencodedPlayer,
    options: Resolved<typeof autoencodingSchema>,
    left: ReadonlySet<tf.Variable> = new Set(),
  ) {
    this.#player = player;
    this.#options = options;
    this.#reconstruction = player.parts.autoencoder!.reconstruction(player.generator);
    const variables = [player.encoder!, player.generator].flatMap(trainableVariables);
    this.#optimizer = new Optimizer(
      variables.filter((variable) => !left.has(variable)),
      options.optimizer,
    );
  }

  /** One update. Borrows real samples. */
  train(samples: tf.Tensor, space: PointsOfReal, random: Random, { meter, samplesSeen }: Step<unknown>): void {
    const { noise: share, prior } = this.#options;
    const { dimensions, besides = (points) => points } = space;
    const drawn = () => random.normalTensor<tf.Rank.R2>([samples.shape[0]!, dimensions]);
    const [noise, target] = [drawn(), drawn()];
    const { grads } = tf.variableGrads(() => {
      // Both shares have squares of sum 1, so that points of variance 1 keep it.
      const points = tf.add(tf.mul(Math.sqrt(1 - share ** 2), space.encoded()), tf.mul(share, noise)) as tf.Tensor2D;
      const reconstruction = this.#reconstruction(space.generatorInput(points), samples);
      meter.add(`loss/reconstruction/${this.#player.name}`, reconstruction);
      return tf.add(reconstruction, tf.mul(prior, priorDistance(besides(points), besides(target)))) as tf.Scalar;
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
