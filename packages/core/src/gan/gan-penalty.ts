import * as tf from '@tensorflow/tfjs';
import { clipWeights } from '../penalties/clip-weights.js';
import { draganPenalty, r1Penalty, r2Penalty, wassersteinGradientPenalty } from '../penalties/gradient-penalties.js';
import { LeCam } from '../penalties/lecam.js';
import type { Random } from '../random/random.js';
import type { State } from '../training/state.js';
import type { GanPenaltyName, ResolvedGanOptions } from './gan-options.js';

/** The weights that the papers use; for clipping, the greatest size of a weight. */
const DEFAULT_WEIGHTS: Readonly<Record<GanPenaltyName, number>> = {
  none: 0,
  'wgan-gp': 10,
  dragan: 10,
  r1: 10,
  r2: 10,
  lecam: 0.1,
  clip: 0.01,
};

/** The penalty of one training, chosen by its options. */
export class GanPenalty {
  readonly #options: ResolvedGanOptions['penalty'];
  readonly #lecam: LeCam | undefined;

  constructor(options: ResolvedGanOptions['penalty']) {
    this.#options = options;
    this.#lecam = options.kind === 'lecam' ? new LeCam() : undefined;
  }

  /** Whether the penalty comes every few steps, in a phase of its own. */
  get isLazy(): boolean {
    const { kind, every } = this.#options;
    return every > 1 && kind !== 'none' && kind !== 'clip';
  }

  /** The weighted penalty, for use inside a gradient; undefined where there is none. Borrows everything. */
  value(
    score: (samples: tf.Tensor) => tf.Tensor,
    real: tf.Tensor,
    fake: tf.Tensor,
    scores: { readonly real: tf.Tensor; readonly fake: tf.Tensor },
    random: Random,
  ): tf.Scalar | undefined {
    const penalty = this.#unweighted(score, real, fake, scores, random);
    return penalty && (tf.mul(penalty, this.#weight) as tf.Scalar);
  }

  /** Weight clipping (1701.07875), after an update of the discriminator. */
  constrain(variables: readonly tf.Variable[]): void {
    if (this.#options.kind === 'clip') clipWeights(variables, this.#weight);
  }

  get #weight(): number {
    return this.#options.weight ?? DEFAULT_WEIGHTS[this.#options.kind];
  }

  #unweighted(...[score, real, fake, scores, random]: Parameters<GanPenalty['value']>): tf.Scalar | undefined {
    const batch = real.shape[0]!;
    switch (this.#options.kind) {
      case 'wgan-gp':
        return wassersteinGradientPenalty(score, real, fake, random.uniformTensor([batch]));
      case 'dragan':
        return draganPenalty(score, real, random.uniformTensor(real.shape as number[]));
      case 'r1':
        return r1Penalty(score, real);
      case 'r2':
        return r2Penalty(score, fake);
      case 'lecam':
        return this.#lecam!.penalty(scores.real, scores.fake);
      default:
        return undefined;
    }
  }

  async state(): Promise<State> {
    return (await this.#lecam?.state()) ?? { tensors: {}, values: {} };
  }

  restore(state: State): void {
    this.#lecam?.restore(state);
  }

  dispose(): void {
    this.#lecam?.dispose();
  }
}
