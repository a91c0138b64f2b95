import * as tf from '@tensorflow/tfjs';
import { drawTokens } from './draw-tokens.js';
import type { TokenNetwork, TokenState } from './token-network.js';
import { PLAIN_SAMPLING, type ResolvedTokenSampling, samplingProbabilities } from './token-sampling.js';

/** The token that a network reads before the first one of a row. */
export const START = 0;

/**
 * Draws rows of tokens from a network, one uniform number per token.
 *
 * @param uniforms from [0, 1], `[rows, length of the network − prefix]`
 * @param prefix tokens that all rows begin with
 * @param added to the logits of each place, `[length of the network, vocabulary]`
 * @returns int32 `[rows, length of the network]`
 */
export function sampleRows(
  network: TokenNetwork,
  uniforms: tf.Tensor2D,
  sampling: ResolvedTokenSampling = PLAIN_SAMPLING,
  prefix: readonly number[] = [],
  added?: tf.Tensor2D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const [rows] = uniforms.shape;
    const given = prefix.map((token) => tf.fill([rows], token, 'int32') as tf.Tensor1D);
    let tokens = tf.fill([rows], START, 'int32') as tf.Tensor1D;
    let state = network.start(rows);
    for (const next of given) {
      state = network.step(state, tokens).state;
      tokens = next;
    }
    const drawn = tf.split(uniforms, uniforms.shape[1], 1).map((uniform, i) => {
      const here = added && (tf.slice(added, [prefix.length + i, 0], [1, network.vocabulary]) as tf.Tensor2D);
      ({ tokens, state } = nextTokens(network, state, tokens, uniform as tf.Tensor2D, sampling, here));
      return tokens;
    });
    return tf.stack([...given, ...drawn], 1) as tf.Tensor2D;
  });
}

/**
 * Reads a token of each row and draws the next one; inside `tf.tidy`.
 *
 * @param state what the network remembers of the tokens before
 * @param tokens int32 `[rows]`
 * @param uniform `[rows, 1]`
 * @param added to the logits of every row, `[1, vocabulary]`
 */
export function nextTokens(
  network: TokenNetwork,
  state: TokenState,
  tokens: tf.Tensor1D,
  uniform: tf.Tensor2D,
  sampling: ResolvedTokenSampling = PLAIN_SAMPLING,
  added?: tf.Tensor2D,
): { tokens: tf.Tensor1D; state: TokenState } {
  const after = network.step(state, tokens);
  const logits = logitsOf(network, after.features);
  const probabilities = samplingProbabilities(added ? tf.add(logits, added) : logits, sampling);
  return { tokens: drawTokens(probabilities, uniform), state: after.state };
}

/** Features `[rows, hidden]` as logits `[rows, vocabulary]`. */
export function logitsOf({ output: { kernel, bias } }: TokenNetwork, features: tf.Tensor2D): tf.Tensor2D {
  return tf.fused.matMul({ a: features, b: kernel, bias }) as tf.Tensor2D;
}
