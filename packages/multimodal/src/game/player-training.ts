import {
  type AdversarialLoss,
  adversarialLosses,
  GanPenalty,
  joinStates,
  Optimizer,
  partOfState,
  type Random,
  type State,
  trainableVariables,
  WeightAverage,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { ResolvedPlayerOptions } from './player-options.js';

/** The networks of a modality that play its game. */
export interface PlayingNetworks {
  readonly generator: tf.LayersModel;
  readonly averagedGenerator: tf.LayersModel;
  readonly critic: tf.LayersModel;
  /** More of the critic, where there is more. */
  readonly varietyCritic?: tf.LayersModel | undefined;
  readonly manners?: { readonly critic: tf.LayersModel } | undefined;
}

/** One modality's side of a training: its loss, its penalty, its optimizers, its average. */
export class PlayerTraining<Player extends PlayingNetworks> {
  readonly player: Player;
  readonly options: ResolvedPlayerOptions;
  readonly loss: AdversarialLoss;
  readonly penalty: GanPenalty;
  readonly criticOptimizer: Optimizer;
  readonly generatorOptimizer: Optimizer;
  readonly average: WeightAverage;

  /** @param left variables that these optimizers leave to others */
  constructor(player: Player, options: ResolvedPlayerOptions, left: ReadonlySet<tf.Variable> = new Set()) {
    const ownOf = (network: tf.LayersModel) => trainableVariables(network).filter((variable) => !left.has(variable));
    const { critic, varietyCritic, manners } = player;
    const critics = [critic, ...(varietyCritic ? [varietyCritic] : []), ...(manners ? [manners.critic] : [])];
    this.player = player;
    this.options = options;
    this.loss = adversarialLosses[options.loss];
    this.penalty = new GanPenalty(options.penalty);
    this.criticOptimizer = new Optimizer(critics.flatMap(ownOf), options.discriminatorOptimizer);
    this.generatorOptimizer = new Optimizer(ownOf(player.generator), options.generatorOptimizer);
    this.average = new WeightAverage(player.generator, player.averagedGenerator, options.average);
  }

  /** The penalty as a loss of its own, so many times as strong as it is rare; undefined where there is none. Borrows everything. */
  penaltyLoss(score: (samples: tf.Tensor) => tf.Tensor, real: tf.Tensor, fake: tf.Tensor, random: Random): tf.Scalar | undefined {
    const value = this.penalty.value(score, real, fake, { real: score(real), fake: score(fake) }, random);
    return value && (tf.mul(value, this.options.penalty.every) as tf.Scalar);
  }

  async state(): Promise<State> {
    return joinStates({
      critic: await this.criticOptimizer.state(),
      generator: await this.generatorOptimizer.state(),
      penalty: await this.penalty.state(),
    });
  }

  async restore(state: State): Promise<void> {
    await this.criticOptimizer.restore(partOfState(state, 'critic'));
    await this.generatorOptimizer.restore(partOfState(state, 'generator'));
    this.penalty.restore(partOfState(state, 'penalty'));
  }

  dispose(): void {
    this.criticOptimizer.dispose();
    this.generatorOptimizer.dispose();
    this.penalty.dispose();
  }
}
