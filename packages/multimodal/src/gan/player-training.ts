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
import type { ResolvedPlayerOptions } from './multimodal-options.js';
import { type Judgement, type Player, scoreWith } from './player.js';

/** One modality's side of a training: its losses, its penalty, its optimizers, its average. */
export class PlayerTraining {
  readonly player: Player;
  readonly options: ResolvedPlayerOptions;
  readonly loss: AdversarialLoss;
  readonly penalty: GanPenalty;
  readonly criticOptimizer: Optimizer;
  readonly generatorOptimizer: Optimizer;
  readonly average: WeightAverage;

  constructor(player: Player, options: ResolvedPlayerOptions) {
    this.player = player;
    this.options = options;
    this.loss = adversarialLosses[options.loss];
    this.penalty = new GanPenalty(options.penalty);
    this.criticOptimizer = new Optimizer(trainableVariables(player.critic), options.discriminatorOptimizer);
    this.generatorOptimizer = new Optimizer(trainableVariables(player.generator), options.generatorOptimizer);
    this.average = new WeightAverage(player.generator, player.averagedGenerator, options.average);
  }

  /**
   * What the critic minimises: it is to take real samples with their own codes, and neither generated ones nor real ones with codes of other things.
   *
   * @param codes of the real samples; the generated ones were made from them
   */
  criticLoss(real: Judgement, fake: Judgement, codes: tf.Tensor2D, mismatch: number): tf.Scalar {
    const matching = scoreWith(real, codes);
    const loss = this.loss.discriminator(matching, scoreWith(fake, codes));
    if (mismatch === 0) return loss;
    const others = this.loss.discriminator(matching, scoreWith(real, nextRow(codes)));
    return tf.add(loss, tf.mul(mismatch, others)) as tf.Scalar;
  }

  /** The penalty as a loss of its own, so many times as strong as it is rare. */
  penaltyLoss(real: tf.Tensor, fake: tf.Tensor, codes: tf.Tensor2D, random: Random): tf.Scalar | undefined {
    const score = (samples: tf.Tensor) => scoreWith(this.player.judge(samples, random), codes);
    const scores = { real: score(real), fake: score(fake) };
    const value = this.penalty.value(score, real, fake, scores, random);
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

/** Every row's place is taken by the row below it. */
function nextRow(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.concat([rows.slice([1, 0]), rows.slice([0, 0], [1, -1])]);
}
