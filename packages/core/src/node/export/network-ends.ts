import type * as tf from '@tensorflow/tfjs';
import type { RunRecord } from '../run/run.js';

/** An input or output of a network as it is told to whoever runs it. */
export interface NetworkEnd {
  readonly name: string;
  /** Extents; null for the batch. */
  readonly shape: ReadonlyArray<number | null>;
  readonly dtype: 'float32' | 'int32';
}

/** What goes into a network and what comes out. */
export interface NetworkEnds {
  readonly inputs: readonly NetworkEnd[];
  readonly outputs: readonly NetworkEnd[];
}

/**
 * Inputs and outputs of the network that samples come from. `latent`, of models with classes one-hot `label`, and of those that are told conditions `condition`; `tokens`, to `logits` of the next token at each
 * place; of several forms `shared`, and `private_NAME` of each form that has private points, to the forms by name. `samples` else.
 */
export function endsOfSampler({ model }: RunRecord, network: tf.LayersModel): NetworkEnds {
  const { modalities } = model.options;
  const forms = typeof modalities === 'object' && modalities !== null ? Object.keys(modalities) : [];
  const hasLabels = Boolean(model.options.classes ?? model.options.clusters);
  const readsTokens = network.inputs.some(({ dtype }) => dtype === 'int32');
  const inputName = ({ dtype, name }: tf.SymbolicTensor, i: number) => {
    if (forms.length > 0) return i === 0 ? 'shared' : `private_${name}`;
    if (dtype === 'int32') return 'tokens';
    if (i === 0) return 'latent';
    return i === 1 && hasLabels ? 'label' : 'condition';
  };
  return {
    inputs: network.inputs.map((end, i) => described(inputName(end, i), end)),
    outputs: network.outputs.map((end, i) => described(forms[i] ?? (readsTokens ? 'logits' : 'samples'), end)),
  };
}

/** Names of what critics and encoders of one form give, by how many there are. */
const READINGS: Readonly<Record<number, readonly string[]>> = {
  2: ['mean', 'logVariance'],
  3: ['score', 'aim', 'code'],
};

/** Inputs and outputs of a network that reads the samples of one form. What it takes besides is drawn in training, and 0 in use: it is not told. */
export function endsOfReader(network: tf.LayersModel): NetworkEnds {
  const names = READINGS[network.outputs.length] ?? network.outputs.map((_, i) => `reading_${i}`);
  return {
    inputs: [described('samples', network.inputs[0]!)],
    outputs: network.outputs.map((end, i) => described(names[i]!, end)),
  };
}

function described(name: string, { shape, dtype }: tf.SymbolicTensor): NetworkEnd {
  return { name, shape, dtype: dtype === 'int32' ? 'int32' : 'float32' };
}
