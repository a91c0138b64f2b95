import * as tf from '@tensorflow/tfjs';
import { scheduledValue } from '../schedules/schedule.js';
import type { State } from '../training/state.js';
import { Adam } from './adam.js';
import { clipByGlobalNorm, clipByValue } from './clip-gradients.js';
import type { ResolvedOptimizerOptions } from './optimizer-options.js';
import { TfjsRule } from './tfjs-rule.js';
import type { UpdateRule } from './update-rule.js';

/**
 * An optimizer for a fixed list of variables, with a learning rate that may follow a schedule, clipping of gradients, and a state that is stored and
 * restored bit-exactly.
 */
export class Optimizer {
  readonly #variables: readonly tf.Variable[];
  readonly #options: ResolvedOptimizerOptions;
  readonly #rule: UpdateRule;

  constructor(variables: readonly tf.Variable[], options: ResolvedOptimizerOptions) {
    this.#variables = variables;
    this.#options = options;
    this.#rule = ruleFor(variables, options);
  }

  /** The variables that it moves, for `tf.variableGrads`. */
  get variables(): tf.Variable[] {
    return [...this.#variables];
  }

  /** Moves the variables by their gradients; one without a gradient stays as it is. Borrows the gradients. */
  apply(gradients: tf.NamedTensorMap, samplesSeen: number): void {
    const { learningRate, clipNorm, clipValue } = this.#options;
    tf.tidy(() => {
      let clipped = gradients;
      if (clipValue !== undefined) clipped = clipByValue(clipped, clipValue);
      if (clipNorm !== undefined) clipped = clipByGlobalNorm(clipped, clipNorm);
      this.#rule.apply(clipped, scheduledValue(learningRate, samplesSeen));
    });
  }

  state(): Promise<State> {
    return this.#rule.state();
  }

  restore(state: State): Promise<void> {
    return this.#rule.restore(state);
  }

  dispose(): void {
    this.#rule.dispose();
  }
}

function ruleFor(variables: readonly tf.Variable[], options: ResolvedOptimizerOptions): UpdateRule {
  const { kind, beta1, beta2, momentum, epsilon, learningRate } = options;
  const rate = scheduledValue(learningRate, 0);
  if (kind === 'adam') return new Adam(variables, { beta1, beta2, epsilon });
  if (kind === 'rmsprop') return new TfjsRule(variables, () => tf.train.rmsprop(rate, beta2, momentum, epsilon));
  return new TfjsRule(variables, () => tf.train.momentum(rate, momentum));
}
