import * as tf from '@tensorflow/tfjs';
import { lstmRows } from './lstm-rows.js';
import { lstmStep } from './lstm-step.js';
import type { TokenState } from './token-network.js';

/** One step of a recurrent layer, from the projected input `[rows, gates × hidden]`. The first tensor of the new state is the layer's output. */
export type CellStep = (projected: tf.Tensor2D, state: TokenState) => TokenState;

/** A kind of recurrent layer. Weights are laid out as in tfjs's own layers. */
export interface RecurrentCell {
  /** Hidden-sized parts of the projected input. */
  readonly gates: number;
  /** Tensors `[rows, hidden]` of a state. */
  readonly states: number;
  /** The step with given recurrent weights, `[hidden, gates × hidden]`. */
  prepare(recurrentKernel: tf.Tensor2D): CellStep;
  /** A whole pass from a state of zeros: time-major inputs `[places × rows, gates × hidden]` to outputs `[places × rows, hidden]`. */
  pass(projected: tf.Tensor2D, recurrentKernel: tf.Tensor2D, rows: number): tf.Tensor2D;
}

/**
 * Long short-term memory without peepholes, as in SeqGAN's released code: i, f, o = σ(xW + hU + b), g = tanh(xW + hU + b), c′ = f·c + i·g,
 * h′ = o·tanh(c′). Gates stand in the order i, f, g, o.
 */
export const lstmCell: RecurrentCell = {
  gates: 4,
  states: 2,
  prepare: (recurrentKernel) => (projected, state) => {
    const { output, memory } = lstmStep(projected, state, recurrentKernel);
    return [output, memory];
  },
  pass: lstmRows,
};

/**
 * Gated recurrent unit (1406.1078): z, r = σ(xW + hU + b), g = tanh(xW + (r·h)U + b), h′ = z·h + (1 − z)·g. Gates stand in the order z, r, g.
 */
export const gruCell: RecurrentCell = {
  gates: 3,
  states: 1,
  prepare(recurrentKernel) {
    const [units] = recurrentKernel.shape;
    const [forGates, forCandidate] = tf.split(recurrentKernel, [2 * units, units], 1);
    return (projected, [hidden]) => {
      const [gatesInput, candidateInput] = tf.split(projected, [2 * units, units], 1);
      const [z, r] = tf.split(tf.sigmoid(tf.add(gatesInput!, tf.matMul(hidden!, forGates!))), 2, 1);
      const candidate = tf.tanh(tf.add(candidateInput!, tf.matMul(tf.mul(r!, hidden!), forCandidate!)));
      return [tf.add(candidate, tf.mul(z!, tf.sub(hidden!, candidate))) as tf.Tensor2D];
    };
  },
  pass(projected, recurrentKernel, rows) {
    const step = gruCell.prepare(recurrentKernel);
    let state: TokenState = [tf.zeros([rows, recurrentKernel.shape[0]])];
    const outputs = tf.split(projected, projected.shape[0] / rows).map((input) => {
      state = step(input as tf.Tensor2D, state);
      return state[0]!;
    });
    return tf.concat(outputs) as tf.Tensor2D;
  },
};
