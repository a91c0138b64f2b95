import * as tf from '@tensorflow/tfjs';
import { tokenInput, variablesOf } from './network-layers.js';
import type { TokenNetworkOptions, TokenState } from './token-network.js';

/** The beginning of a network of tokens: how it sees each of them. */
export interface TokenReader {
  /** Rows of tokens, int32 `[batch, length]`. */
  readonly input: tf.SymbolicTensor;
  /** What is seen of them, `[batch, length, embedding]`. */
  readonly seen: tf.SymbolicTensor;
  /** What it remembers before the first token. */
  start(rows: number): TokenState;
  /** Sees one token per row, int32 `[rows]`: `[rows, embedding]`, and what it remembers then. */
  next(state: TokenState, tokens: tf.Tensor1D): { readonly seen: tf.Tensor2D; readonly state: TokenState };
  /** Sees whole rows, int32 `[batch, length]`: time-major, `[length × batch, embedding]`. */
  rows(tokens: tf.Tensor2D): tf.Tensor2D;
}

/**
 * A table of embeddings; with `places`, each embedding is then scaled and shifted by weights of the place that the token stands at, so that the network
 * knows how far a text has come and need not count: it keeps the form of verses. A convolution that goes through each number alone has just these weights,
 * and is a layer that every tfjs program knows.
 */
export function tokenReader(options: TokenNetworkOptions): TokenReader {
  const { input, embedding, embedded } = tokenInput(options);
  const [table] = variablesOf(embedding);
  const find = (tokens: tf.Tensor1D) => tf.gather(table!, tokens) as tf.Tensor2D;
  const timeMajor = (tokens: tf.Tensor2D) => tf.reshape(tf.transpose(tokens), [tokens.size]) as tf.Tensor1D;
  if (!options.places) {
    return {
      input,
      seen: embedded,
      start: () => [],
      next: (_, tokens) => ({ seen: find(tokens), state: [] }),
      rows: (tokens) => find(timeMajor(tokens)),
    };
  }
  const { length, embedding: width } = options;
  const byPlace = tf.layers.depthwiseConv2d({ kernelSize: 1, depthwiseInitializer: 'ones', biasInitializer: 'zeros' });
  const channels = tf.layers.reshape({ targetShape: [1, 1, length * width] }).apply(embedded);
  const seen = tf.layers.reshape({ targetShape: [length, width] }).apply(byPlace.apply(channels)) as tf.SymbolicTensor;
  const [kernel, bias] = variablesOf(byPlace);
  return {
    input,
    seen,
    start: (rows) => [tf.zeros([rows, 1], 'int32')],
    next([place], tokens) {
      const [scale, shift] = [kernel!, bias!].map((weights) =>
        tf.gather(tf.reshape(weights, [length, width]), tf.reshape(place!, [-1])),
      );
      const placed = tf.add(tf.mul(find(tokens), scale!), shift!) as tf.Tensor2D;
      return { seen: placed, state: [tf.add(place!, tf.scalar(1, 'int32'))] };
    },
    rows(tokens) {
      const embeddings = tf.reshape(find(timeMajor(tokens)), [length, -1, width]);
      const [scale, shift] = [kernel!, bias!].map((weights) => tf.reshape(weights, [length, 1, width]));
      return tf.reshape(tf.add(tf.mul(embeddings, scale!), shift!), [-1, width]);
    },
  };
}
