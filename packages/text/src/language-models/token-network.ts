import type * as tf from '@tensorflow/tfjs';

/** What a network remembers of the tokens it has read: tensors `[rows, n]`, several for a network of several layers. */
export type TokenState = readonly tf.Tensor2D[];

/** Changes `[rows, width]` to the same, such as dropout does. */
export type Drop = (x: tf.Tensor2D) => tf.Tensor2D;

/**
 * A network that reads tokens from left to right and tells what may come next.
 *
 * Its weights are those of a `tf.LayersModel` of standard layers, so that any tfjs program can open its files; the mathematics here runs on the same
 * weights, in an order that suits training and sampling. Features of places are time-major: row `place × batch + row`.
 */
export interface TokenNetwork {
  /** The tokens before each place, int32 `[batch, length]`, to logits `[batch, length, vocabulary]`. Owns the weights. */
  readonly model: tf.LayersModel;
  readonly length: number;
  readonly vocabulary: number;
  /** The last layer: features to logits. */
  readonly output: { readonly kernel: tf.Variable<tf.Rank.R2>; readonly bias: tf.Variable<tf.Rank.R1> };
  /** The state before the first token. */
  start(rows: number): TokenState;
  /** Reads one token per row, int32 `[rows]`: the state after it, and the features `[rows, hidden]` that tell what comes next. */
  step(state: TokenState, tokens: tf.Tensor1D): { readonly features: tf.Tensor2D; readonly state: TokenState };
  /**
   * Reads whole rows, int32 `[batch, length]`: the features after each token, `[length × batch, hidden]`.
   *
   * @param drop what embeddings and the features of every layer go through; default: nothing
   */
  read(tokens: tf.Tensor2D, drop?: Drop): tf.Tensor2D;
}

/** What all kinds of {@link TokenNetwork} are made from. */
export interface TokenNetworkOptions {
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  /** Dimensions of a token's embedding. */
  readonly embedding: number;
  /** Units of a layer. */
  readonly hidden: number;
  readonly layers: number;
  /** Whether the network is told the place of each token. Default: not. */
  readonly places?: boolean;
}
