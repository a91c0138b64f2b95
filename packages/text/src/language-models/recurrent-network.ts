import * as tf from '@tensorflow/tfjs';
import { variablesOf } from './network-layers.js';
import { placedTokens } from './placed-tokens.js';
import { gruCell, lstmCell, type RecurrentCell } from './recurrent-cells.js';
import type { TokenNetwork, TokenNetworkOptions, TokenState } from './token-network.js';

const CELLS = { lstm: lstmCell, gru: gruCell } as const;

/** A stack of LSTM or GRU layers. Until they are set its weights are zeros, but for ones that scale by place. */
export function recurrentNetwork(kind: 'lstm' | 'gru', options: TokenNetworkOptions): TokenNetwork {
  const { vocabulary, length, hidden, layers } = options;
  const cell = CELLS[kind];
  const placed = placedTokens(options);
  const zeros = { kernelInitializer: 'zeros', recurrentInitializer: 'zeros', biasInitializer: 'zeros' } as const;
  const shape = { ...zeros, units: hidden, returnSequences: true, recurrentActivation: 'sigmoid' } as const;
  const recurrent = Array.from({ length: layers }, () =>
    kind === 'lstm' ? tf.layers.lstm({ ...shape, unitForgetBias: false }) : tf.layers.gru(shape),
  );
  const dense = tf.layers.dense({ units: vocabulary, kernelInitializer: 'zeros' });
  const last = recurrent.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, placed.embedded);
  const model = tf.model({ inputs: placed.input, outputs: dense.apply(placed.finish(last)) as tf.SymbolicTensor });

  const cellStates = layers * cell.states;
  const [kernel, bias] = variablesOf(dense);
  const prepared = () =>
    recurrent.map((layer) => {
      const [inputKernel, recurrentKernel, inputBias] = variablesOf(layer);
      return {
        project: (x: tf.Tensor) =>
          tf.add(tf.matMul(x as tf.Tensor2D, inputKernel as tf.Variable<tf.Rank.R2>), inputBias!) as tf.Tensor2D,
        step: cell.prepare(recurrentKernel as tf.Variable<tf.Rank.R2>),
        pass: (x: tf.Tensor2D, rows: number) => cell.pass(x, recurrentKernel as tf.Variable<tf.Rank.R2>, rows),
      };
    });

  return {
    model,
    length,
    vocabulary,
    output: { kernel: kernel as tf.Variable<tf.Rank.R2>, bias: bias as tf.Variable<tf.Rank.R1> },
    start: (rows) => [...Array.from({ length: cellStates }, () => tf.zeros<tf.Rank.R2>([rows, hidden])), ...placed.start(rows)],
    step(state, tokens) {
      const place = state.slice(cellStates);
      let x = placed.embed(place, tokens);
      const next = prepared().flatMap(({ project, step }, layer) => {
        const after = step(project(x), stateOf(state, layer, cell));
        x = after[0]!;
        return after;
      });
      return { features: placed.finishAt(place, x), state: [...next, ...placed.next(place)] };
    },
    read(tokens, drop = (x) => x) {
      const [rows] = tokens.shape;
      let x = drop(placed.embedRows(tokens));
      for (const { project, pass } of prepared()) x = drop(pass(project(x), rows));
      return placed.finishRows(x);
    },
  };
}

function stateOf(state: TokenState, layer: number, { states }: RecurrentCell): TokenState {
  return state.slice(layer * states, (layer + 1) * states);
}
