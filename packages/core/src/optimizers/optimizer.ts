import * as tf from '@tensorflow/tfjs';
import { scheduledValue } from '../schedules/schedule.js';
import { loadTensor, type State, storeTensors } from '../training/state.js';
import { clipByGlobalNorm, clipByValue } from './clip-gradients.js';
import type { ResolvedOptimizerOptions } from './optimizer-options.js';

/** What this file knows of the inside of tfjs's optimizers: they have no public way to change the rate or to read these products. */
interface Internals {
  learningRate: number;
  /** Adam's β₁ᵗ and β₂ᵗ, as running products. */
  accBeta1?: tf.Variable;
  accBeta2?: tf.Variable;
}

/**
 * One of tfjs's optimizers with a learning rate that may follow a schedule, clipping of gradients, and a state that is stored and restored
 * bit-exactly.
 */
export class Optimizer {
  readonly #options: ResolvedOptimizerOptions;
  readonly #optimizer: tf.Optimizer;

  constructor(options: ResolvedOptimizerOptions) {
    this.#options = options;
    this.#optimizer = create(options);
  }

  /** Moves the variables that the gradients are named after. Borrows the gradients. */
  apply(gradients: tf.NamedTensorMap, samplesSeen: number): void {
    const { learningRate, clipNorm, clipValue } = this.#options;
    this.#internals.learningRate = scheduledValue(learningRate, samplesSeen);
    tf.tidy(() => {
      let clipped = gradients;
      if (clipValue !== undefined) clipped = clipByValue(clipped, clipValue);
      if (clipNorm !== undefined) clipped = clipByGlobalNorm(clipped, clipNorm);
      this.#optimizer.applyGradients(clipped);
    });
  }

  async state(): Promise<State> {
    const slots = await this.#optimizer.getWeights();
    const { accBeta1, accBeta2 } = this.#internals;
    const tensors = Object.fromEntries(slots.map(({ tensor }, index) => [`slot${index}`, tensor]));
    const state = await storeTensors({ ...tensors, ...(accBeta1 && accBeta2 && { accBeta1, accBeta2 }) });
    // getWeights makes a tensor for the count of iterations; the other slots are the optimizer's own.
    slots[0]?.tensor.dispose();
    return { tensors: state, values: {} };
  }

  async restore({ tensors }: State): Promise<void> {
    const { accBeta1, accBeta2, ...slots } = tensors;
    const named = Object.values(slots).map((stored, index) => ({ name: `slot${index}`, tensor: loadTensor(stored) }));
    await this.#optimizer.setWeights(named);
    tf.dispose(named.map(({ tensor }) => tensor));
    if (!accBeta1 || !accBeta2) return;
    // setWeights computes these anew as powers, which differ in the last bits from the products that the training had.
    for (const [variable, stored] of [
      [this.#internals.accBeta1, accBeta1],
      [this.#internals.accBeta2, accBeta2],
    ] as const) {
      const value = loadTensor(stored);
      variable?.assign(value);
      value.dispose();
    }
  }

  dispose(): void {
    this.#optimizer.dispose();
  }

  get #internals(): Internals {
    return this.#optimizer as unknown as Internals;
  }
}

function create({ kind, learningRate, beta1, beta2, momentum, epsilon }: ResolvedOptimizerOptions): tf.Optimizer {
  const rate = scheduledValue(learningRate, 0);
  if (kind === 'adam') return tf.train.adam(rate, beta1, beta2, epsilon);
  if (kind === 'rmsprop') return tf.train.rmsprop(rate, beta2, momentum, epsilon);
  return tf.train.momentum(rate, momentum);
}
