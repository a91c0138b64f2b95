import * as tf from '@tensorflow/tfjs';
import { scheduledValue } from '../schedules/schedule.js';
import { loadTensor, type State, storeTensors } from '../training/state.js';
import { clipByGlobalNorm, clipByValue } from './clip-gradients.js';
import type { ResolvedOptimizerOptions } from './optimizer-options.js';

/** What this file knows of the inside of tfjs's optimizers, which have no public way to these. */
interface Internals {
  learningRate: number;
  /** Of SGD and momentum, which keep the rate in a tensor as well. */
  setLearningRate?(rate: number): void;
  c?: tf.Tensor;
  /** Adam's β₁ᵗ and β₂ᵗ, as running products. */
  accBeta1?: tf.Variable;
  accBeta2?: tf.Variable;
}

/**
 * One of tfjs's optimizers for a fixed list of variables, with a learning rate that may follow a schedule, clipping of gradients, and a state that
 * is stored and restored bit-exactly.
 */
export class Optimizer {
  readonly #variables: readonly tf.Variable[];
  readonly #options: ResolvedOptimizerOptions;
  #optimizer: tf.Optimizer;

  constructor(variables: readonly tf.Variable[], options: ResolvedOptimizerOptions) {
    this.#variables = variables;
    this.#options = options;
    this.#optimizer = create(options);
  }

  /** The variables that it moves, for `tf.variableGrads`. */
  get variables(): tf.Variable[] {
    return [...this.#variables];
  }

  /** Moves the variables by their gradients; one without a gradient stays as it is. Borrows the gradients. */
  apply(gradients: tf.NamedTensorMap, samplesSeen: number): void {
    const { learningRate, clipNorm, clipValue } = this.#options;
    this.#setLearningRate(scheduledValue(learningRate, samplesSeen));
    tf.tidy(() => {
      let clipped = gradients;
      if (clipValue !== undefined) clipped = clipByValue(clipped, clipValue);
      if (clipNorm !== undefined) clipped = clipByGlobalNorm(clipped, clipNorm);
      // tfjs finds a variable's slots by its place in this list, so the list must name all of them every time.
      this.#optimizer.applyGradients(this.#variables.map(({ name }) => ({ name, tensor: clipped[name]! })));
    });
  }

  async state(): Promise<State> {
    const slots = await this.#optimizer.getWeights();
    const { accBeta1, accBeta2 } = this.#internals;
    const tensors = Object.fromEntries(slots.map(({ tensor }, index) => [`slot${index}`, tensor]));
    const stored = await storeTensors({ ...tensors, ...(accBeta1 && accBeta2 && { accBeta1, accBeta2 }) });
    // getWeights makes a tensor for the count of iterations; the other slots are the optimizer's own.
    slots[0]?.tensor.dispose();
    return { tensors: stored, values: {} };
  }

  async restore({ tensors }: State): Promise<void> {
    const { accBeta1, accBeta2, ...slots } = tensors;
    // By number: whoever stored them may have sorted them by name.
    const weights = Object.keys(slots).map((_, index) => ({ name: `slot${index}`, tensor: loadTensor(slots[`slot${index}`]!) }));
    // setWeights forgets the slots that it replaces.
    this.dispose();
    this.#optimizer = create(this.#options);
    await this.#optimizer.setWeights(weights);
    tf.dispose(weights.map(({ tensor }) => tensor));
    if (!accBeta1 || !accBeta2) return;
    // setWeights computes these anew as powers, which differ in the last bits from the products that the training had.
    assign(this.#internals.accBeta1!, loadTensor(accBeta1));
    assign(this.#internals.accBeta2!, loadTensor(accBeta2));
  }

  dispose(): void {
    this.#optimizer.dispose();
    // tfjs's momentum optimizer forgets this one.
    this.#internals.c?.dispose();
  }

  get #internals(): Internals {
    return this.#optimizer as unknown as Internals;
  }

  #setLearningRate(rate: number): void {
    if (this.#internals.setLearningRate) this.#internals.setLearningRate(rate);
    else this.#internals.learningRate = rate;
  }
}

function assign(variable: tf.Variable, value: tf.Tensor): void {
  variable.assign(value);
  value.dispose();
}

function create({ kind, learningRate, beta1, beta2, momentum, epsilon }: ResolvedOptimizerOptions): tf.Optimizer {
  const rate = scheduledValue(learningRate, 0);
  if (kind === 'adam') return tf.train.adam(rate, beta1, beta2, epsilon);
  if (kind === 'rmsprop') return tf.train.rmsprop(rate, beta2, momentum, epsilon);
  return tf.train.momentum(rate, momentum);
}
