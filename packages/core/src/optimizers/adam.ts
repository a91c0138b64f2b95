import * as tf from '@tensorflow/tfjs';
import { loadTensor, type State, storeTensors } from '../training/state.js';
import type { UpdateRule } from './update-rule.js';

/** The numbers of Adam, as in {@link OptimizerOptions}. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What is known of one variable: the sums M and V. */
interface Sums {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

/**
 * Adam (1412.6980, algorithm 1) in few passes over the weights, which is what its time goes into.
 *
 * In place of the means m and v of the gradients and their squares it keeps the sums that they are fixed parts of, m = (1 - β₁) M and
 * v = (1 - β₂) V, so that M ← β₁ M + g and V ← β₂ V + g². With the factors of both means and their corrections drawn together into two numbers a
 * step, the root c = √((1 - β₂ᵗ) / (1 - β₂)) and the rate r = α c (1 - β₁) / (1 - β₁ᵗ), a weight moves by - r M / (√V + c ε): the same move.
 */
export class Adam implements UpdateRule {
  readonly #variables: readonly tf.Variable[];
  readonly #options: AdamOptions;
  #sums: readonly Sums[] = [];
  #steps = 0;

  constructor(variables: readonly tf.Variable[], options: AdamOptions) {
    this.#variables = variables;
    this.#options = options;
  }

  apply(gradients: tf.NamedTensorMap, learningRate: number): void {
    const { beta1, beta2, epsilon } = this.#options;
    this.#steps++;
    const root = Math.sqrt((1 - beta2 ** this.#steps) / (1 - beta2));
    const rate = (learningRate * root * (1 - beta1)) / (1 - beta1 ** this.#steps);
    tf.tidy(() => {
      if (this.#sums.length === 0)
        this.#sums = this.#variables.map((variable) => sumsFrom(tf.zerosLike(variable), tf.zerosLike(variable)));
      const [kept1, kept2, move, least] = [beta1, beta2, rate, root * epsilon].map((value) => tf.scalar(value));
      this.#variables.forEach((variable, index) => {
        const gradient = gradients[variable.name];
        if (!gradient) return;
        const { first, second } = this.#sums[index]!;
        first.assign(tf.add(tf.mul(first, kept1!), gradient));
        second.assign(tf.add(tf.mul(second, kept2!), tf.square(gradient)));
        const direction = tf.div(first, tf.add(tf.sqrt(second), least!));
        variable.assign(tf.sub(variable, tf.mul(direction, move!)));
      });
    });
  }

  async state(): Promise<State> {
    const sums = this.#sums.flatMap(({ first, second }, index) => [
      [`first${index}`, first],
      [`second${index}`, second],
    ]);
    const steps = { shape: [], dtype: 'int32', values: Int32Array.of(this.#steps) } as const;
    return { tensors: { ...(await storeTensors(Object.fromEntries(sums))), steps }, values: {} };
  }

  async restore({ tensors }: State): Promise<void> {
    if (!tensors.steps) {
      throw new Error(
        `Adam.restore: expected what Adam has stored, got ${Object.keys(tensors).length} tensors without its number of steps; resume from another checkpoint`,
      );
    }
    this.dispose();
    this.#steps = tensors.steps.values[0]!;
    if (this.#steps === 0) return;
    tf.tidy(() => {
      this.#sums = this.#variables.map((_, index) =>
        sumsFrom(loadTensor(tensors[`first${index}`]!), loadTensor(tensors[`second${index}`]!)),
      );
    });
  }

  dispose(): void {
    for (const { first, second } of this.#sums) tf.dispose([first, second]);
    this.#sums = [];
  }
}

const sumsFrom = (first: tf.Tensor, second: tf.Tensor): Sums => ({
  first: tf.variable(first, false),
  second: tf.variable(second, false),
});
