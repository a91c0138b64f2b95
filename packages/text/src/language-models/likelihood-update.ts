import type { Optimizer } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { START } from './sample-rows.js';
import { tokenLogProbabilities } from './token-log-probabilities.js';
import type { Drop, TokenNetwork } from './token-network.js';

/** Rows of tokens moved on by one, the start token before them: what a network reads to predict them. Int32 `[batch, length]`. */
export function inputsOf(tokens: tf.Tensor2D): tf.Tensor2D {
  const [rows, places] = tokens.shape;
  return tf.concat([tf.fill([rows, 1], START, 'int32') as tf.Tensor2D, tf.slice(tokens, [0, 0], [rows, places - 1])], 1);
}

/** How a network reads rows while it learns. */
export interface Reading {
  /** What it reads in place of the tokens before each place. Default: these tokens. */
  readonly inputs?: tf.Tensor2D;
  readonly drop?: Drop;
}

/** The log-probability (nats) of each token of rows, `[batch, length]`. Differentiable once. */
export function rowLogProbabilities(
  network: TokenNetwork,
  tokens: tf.Tensor2D,
  { inputs = inputsOf(tokens), drop }: Reading = {},
): tf.Tensor2D {
  const [rows, places] = tokens.shape;
  const { kernel, bias } = network.output;
  const targets = tf.reshape(tf.transpose(tokens), [rows * places]) as tf.Tensor1D;
  const logProbabilities = tokenLogProbabilities(network.read(inputs, drop), kernel, bias, targets);
  return tf.transpose(tf.reshape(logProbabilities, [places, rows]));
}

/** One step of maximum likelihood; inside `tf.tidy`. Returns the negative log-likelihood of a token, in nats. */
export function likelihoodUpdate(
  network: TokenNetwork,
  optimizer: Optimizer,
  tokens: tf.Tensor2D,
  samplesSeen: number,
  reading: Reading = {},
): tf.Scalar {
  const nll = () => tf.neg(tf.mean(rowLogProbabilities(network, tokens, reading))) as tf.Scalar;
  const { value, grads } = tf.variableGrads(nll, optimizer.variables);
  optimizer.apply(grads, samplesSeen);
  return value;
}
