import * as tf from '@tensorflow/tfjs';
import { loadTensor, type State, storeTensors } from '../training/state.js';
import type { UpdateRule } from './update-rule.js';

/** What this file knows of the inside of tfjs's optimizers, which have no public way to these. */
interface Internals {
  learningRate: number;
  /** Of SGD and momentum, which keep the rate in a tensor as well. */
  setLearningRate?(rate: number): void;
  c?: tf.Tensor;
}

/** One of tfjs's optimizers. */
export class TfjsRule implements UpdateRule {
  readonly #variables: readonly tf.Variable[];
  readonly #create: () => tf.Optimizer;
  #optimizer: tf.Optimizer;

  constructor(variables: readonly tf.Variable[], create: () => tf.Optimizer) {
    this.#variables = variables;
    this.#create = create;
    this.#optimizer = create();
  }

  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    if (this.#internals.setLearningRate) this.#internals.setLearningRate(learningRate);
    else this.#internals.learningRate = learningRate;
    // tfjs finds a variable's slots by its place in this list, so the list must name all of them every time.
    this.#optimizer.applyGradients(this.#variables.map(({ name }) => ({ name, tensor: gradients[name]! })));
  }

  async state(): Promise<State> {
    const slots = await this.#optimizer.getWeights();
    const tensors = await storeTensors(Object.fromEntries(slots.map(({ tensor }, index) => [`slot${index}`, tensor])));
    // getWeights makes a tensor for the count of iterations; the other slots are the optimizer's own.
    slots[0]?.tensor.dispose();
    return { tensors, values: {} };
  }

  async restore({ tensors }: State): Promise<void> {
    // By number: whoever stored them may have sorted them by name.
    const weights = Object.keys(tensors).map((_, index) => ({
      name: `slot${index}`,
      tensor: loadTensor(tensors[`slot${index}`]!),
    }));
    // setWeights forgets the slots that it replaces.
    this.dispose();
    this.#optimizer = this.#create();
    await this.#optimizer.setWeights(weights);
    tf.dispose(weights.map(({ tensor }) => tensor));
  }

  dispose(): void {
    this.#optimizer.dispose();
    // tfjs's momentum optimizer forgets this one.
    this.#internals.c?.dispose();
  }

  get #internals(): Internals {
    return this.#optimizer as unknown as Internals;
  }
}
