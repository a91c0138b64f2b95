import type * as tf from '@tensorflow/tfjs';
import type { State } from '../training/state.js';

/** How variables follow their gradients, with what must be remembered of earlier ones. */
export interface UpdateRule {
  /** Moves the variables; one without a gradient stays as it is. Borrows the gradients, which are by the variables' names. Inside `tf.tidy`. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void;
  state(): Promise<State>;
  restore(state: State): Promise<void>;
  dispose(): void;
}
