import * as tf from '@tensorflow/tfjs';
import { embeddedRows, tokenInput, variablesOf } from './network-layers.js';
import { placeWeights } from './place-weights.js';
import type { TokenNetworkOptions, TokenState } from './token-network.js';

/** The first and the last thing that a network of tokens does, which is all that may depend on the place. */
export interface PlacedTokens {
  /** Rows of tokens, int32 `[batch, length]`. */
  readonly input: tf.SymbolicTensor;
  /** Their embeddings, `[batch, length, embedding]`. */
  readonly embedded: tf.SymbolicTensor;
  /** What is remembered of the place before the first token. */
  start(rows: number): TokenState;
  /** What is remembered after a token. */
  next(state: TokenState): TokenState;
  /** The embeddings of one token per row, int32 `[rows]`, to `[rows, embedding]`; and of whole rows, int32 `[batch, length]`, time-major. */
  embed(state: TokenState, tokens: tf.Tensor1D): tf.Tensor2D;
  embedRows(tokens: tf.Tensor2D): tf.Tensor2D;
  /** Features as the output sees them: in the model, `[batch, length, hidden]`; of one place, `[rows, hidden]`; and of all, time-major. */
  finish(symbol: tf.SymbolicTensor): tf.SymbolicTensor;
  finishAt(state: TokenState, features: tf.Tensor2D): tf.Tensor2D;
  finishRows(features: tf.Tensor2D): tf.Tensor2D;
}

/** A table of embeddings, and, with `places`, {@link placeWeights} on the embeddings and on the features that the output sees. */
export function placedTokens(options: TokenNetworkOptions): PlacedTokens {
  const { input, embedding, embedded } = tokenInput(options);
  const [table] = variablesOf(embedding);
  const find = (tokens: tf.Tensor1D) => tf.gather(table!, tokens) as tf.Tensor2D;
  if (!options.places) {
    return {
      input,
      embedded,
      start: () => [],
      next: () => [],
      embed: (_, tokens) => find(tokens),
      embedRows: (tokens) => embeddedRows(table!, tokens),
      finish: (symbol) => symbol,
      finishAt: (_, features) => features,
      finishRows: (features) => features,
    };
  }
  const [first, last] = [options.embedding, options.hidden].map((width) => placeWeights(options.length, width));
  return {
    input,
    embedded: first!.apply(embedded),
    start: (rows) => [tf.zeros([rows, 1], 'int32')],
    next: ([place]) => [tf.add(place!, tf.scalar(1, 'int32'))],
    embed: ([place], tokens) => first!.at(place!, find(tokens)),
    embedRows: (tokens) => first!.rows(embeddedRows(table!, tokens)),
    finish: (symbol) => last!.apply(symbol),
    finishAt: ([place], features) => last!.at(place!, features),
    finishRows: (features) => last!.rows(features),
  };
}
