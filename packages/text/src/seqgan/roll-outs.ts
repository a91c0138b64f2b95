import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { nextTokens, START } from '../language-models/sample-rows.js';
import type { TokenNetwork, TokenState } from '../language-models/token-network.js';

import type { SharedBeginnings } from './sequence-discriminator.js';

/** The reward of whole rows, int32 `[n, length]` to `[n]`. Borrows the rows; the caller owns the result. Beginnings are told where rows share them. */
export type Judge = (rows: tf.Tensor2D, shared?: SharedBeginnings) => tf.Tensor1D | Promise<tf.Tensor1D>;

/**
 * What each token of rows is worth, by Monte Carlo search (1609.05473, equation 4): the mean reward of `count` completions of the row up to that token, and
 * at the last place the reward of the row itself. The completions of one place are drawn and judged together; each goes on from the state in which one
 * pass over the rows left the network.
 *
 * @param network the roll-out policy
 * @param tokens int32 `[batch, length]`; borrowed
 * @returns `[batch, length]`; the caller owns it
 */
export async function rollOutRewards(
  network: TokenNetwork,
  tokens: tf.Tensor2D,
  { count, judge, random }: { readonly count: number; readonly judge: Judge; readonly random: Random },
): Promise<tf.Tensor2D> {
  const [rows, places] = tokens.shape;
  const columns = tf.tidy(() => tf.unstack(tokens, 1)) as tf.Tensor1D[];
  let state: TokenState = network.start(rows);
  let read = tf.fill([rows], START, 'int32') as tf.Tensor1D;
  const rewards: tf.Tensor1D[] = [];
  for (let given = 1; given < places; given++) {
    const after = tf.tidy(() => network.step(state, read).state as tf.Tensor2D[]);
    tf.dispose([...state, read]);
    [state, read] = [after, tf.clone(columns[given - 1]!)];
    const uniforms = Array.from({ length: places - given }, () => random.uniformTensor<tf.Rank.R2>([count * rows, 1]));
    const drawn = await completions(
      network,
      state.map((part) => tf.tile(part, [count, 1]) as tf.Tensor2D),
      tf.tile(read, [count]),
      uniforms,
    );
    const completed = tf.tidy(() => {
      const begun = tf.tile(tf.slice(tokens, [0, 0], [rows, given]), [count, 1]);
      return tf.concat([begun, tf.stack(drawn, 1) as tf.Tensor2D], 1);
    });
    const judged = await judge(completed, { beginnings: rows, given });
    rewards.push(tf.tidy(() => tf.mean(tf.reshape(judged, [count, rows]), 0)));
    tf.dispose([...uniforms, ...drawn, completed, judged]);
  }
  rewards.push(await judge(tokens));
  const stacked = tf.stack(rewards, 1) as tf.Tensor2D;
  tf.dispose([...columns, ...state, read, ...rewards]);
  return stacked;
}

/**
 * The tokens to come, each int32 `[rows]`, one per tensor of uniform numbers. Takes over state and tokens.
 *
 * It lets go after each token: an engine that compiles graphs then has one small graph for all tokens of all rows.
 */
async function completions(
  network: TokenNetwork,
  state: TokenState,
  tokens: tf.Tensor1D,
  uniforms: readonly tf.Tensor2D[],
): Promise<tf.Tensor1D[]> {
  const read = [tokens];
  for (const uniform of uniforms) {
    const [next, ...after] = tf.tidy(() => {
      const { tokens, state: left } = nextTokens(network, state, read.at(-1)!, uniform);
      return [tokens, ...left] as tf.Tensor[];
    });
    tf.dispose([...state]);
    state = after as tf.Tensor2D[];
    read.push(next as tf.Tensor1D);
    await undefined;
  }
  tf.dispose([tokens, ...state]);
  return read.slice(1);
}
