import type { optimizerSchema } from '@polygan/core';
import { Optimizer, type Posterior, type Random, type Resolved, type State, type Step, trainableVariables } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { productOfExperts } from '../codes/experts.js';
import type { CoupledPlayer } from './coupled-player.js';

/** How the readers of all modalities learn where samples lie: from generated ones, whose latent points are known. */
export class PointReading {
  readonly #players: readonly CoupledPlayer[];
  readonly #optimizer: Optimizer;

  constructor(players: readonly CoupledPlayer[], options: Resolved<ReturnType<typeof optimizerSchema>>) {
    this.#players = players;
    this.#optimizer = new Optimizer(
      players.flatMap(({ reader }) => trainableVariables(reader)),
      options,
    );
  }

  /** One update. Borrows samples of all modalities, made from these points `[batch, dimensions]`. */
  train(
    made: Readonly<Record<string, tf.Tensor>>,
    points: tf.Tensor2D,
    random: Random,
    { meter, samplesSeen }: Step<unknown>,
  ): void {
    const { grads } = tf.variableGrads(() => {
      const losses = this.#players.map((player) => {
        const loss = surpriseOf(points, whereTheyLie([player.read(made[player.name]!, random)]));
        meter.add(`loss/reading/${player.name}`, loss);
        return loss;
      });
      return tf.addN(losses) as tf.Scalar;
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

/** Where things lie by what their forms say, and by the prior. */
export function whereTheyLie(said: readonly Posterior[]): Posterior {
  const batch = said[0]!.mean.shape[0];
  return productOfExperts(
    said,
    said.map(() => tf.ones([batch])),
    true,
  );
}

/** -ln q of points, in nats a dimension and without its constant, mean over the batch. */
function surpriseOf(points: tf.Tensor2D, { mean, logVariance }: Posterior): tf.Scalar {
  const squares = tf.mul(tf.square(tf.sub(points, mean)), tf.exp(tf.neg(logVariance)));
  return tf.mul(0.5, tf.mean(tf.add(squares, logVariance))) as tf.Scalar;
}
