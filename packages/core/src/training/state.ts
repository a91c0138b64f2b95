import * as tf from '@tensorflow/tfjs';

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A tensor outside the engine, as it is stored in a checkpoint. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** Everything that a part of a training must remember to go on exactly where it stood. */
export interface State {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly values: Readonly<Record<string, Json>>;
}

/** Reads tensors out of the engine. */
export async function storeTensors(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, StoredTensor>> {
  const stored: Record<string, StoredTensor> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    // A copy: engines may hand out a view of memory that the next step overwrites.
    const values = (await tensor.data()).slice() as StoredTensor['values'];
    stored[name] = { shape: [...tensor.shape], dtype: tensor.dtype as StoredTensor['dtype'], values };
  }
  return stored;
}

/** A stored tensor in the engine. The caller owns it. */
export function loadTensor({ values, shape, dtype }: StoredTensor): tf.Tensor {
  return tf.tensor(values, [...shape], dtype);
}

/** The weights of a network, by position and name. */
export async function networkState(network: tf.LayersModel): Promise<Record<string, StoredTensor>> {
  const weights = network.weights.map((weight, index) => [`${index}`, weight.read()] as const);
  return storeTensors(Object.fromEntries(weights));
}

/**
 * Puts stored weights into a network.
 *
 * @throws if the network has other weights than the stored ones
 */
export function restoreNetwork(name: string, network: tf.LayersModel, stored: Readonly<Record<string, StoredTensor>>): void {
  const expected = network.weights.map((weight) => `[${weight.shape}]`).join(' ');
  const found = Object.values(stored)
    .map((tensor) => `[${tensor.shape}]`)
    .join(' ');
  if (expected !== found) {
    throw new Error(`The stored weights of '${name}' do not fit the network: it has ${expected}, stored are ${found}`);
  }
  const tensors = network.weights.map((_, index) => loadTensor(stored[`${index}`]!));
  network.setWeights(tensors);
  tf.dispose(tensors);
}

/** Several states as one, each under its own prefix. */
export function joinStates(states: Readonly<Record<string, State>>): State {
  const tensors: Record<string, StoredTensor> = {};
  const values: Record<string, Json> = {};
  for (const [prefix, state] of Object.entries(states)) {
    for (const [name, tensor] of Object.entries(state.tensors)) tensors[`${prefix}/${name}`] = tensor;
    values[prefix] = state.values as Json;
  }
  return { tensors, values };
}

/** The state that {@link joinStates} put under a prefix. */
export function partOfState(state: State, prefix: string): State {
  const tensors = Object.entries(state.tensors)
    .filter(([name]) => name.startsWith(`${prefix}/`))
    .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor] as const);
  return { tensors: Object.fromEntries(tensors), values: (state.values[prefix] ?? {}) as State['values'] };
}
