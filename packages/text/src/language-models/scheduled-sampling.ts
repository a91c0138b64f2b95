import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { drawTokens } from './draw-tokens.js';
import { logitsOf, START } from './sample-rows.js';
import type { TokenNetwork } from './token-network.js';
import { PLAIN_SAMPLING, samplingProbabilities } from './token-sampling.js';

/**
 * What a network reads in scheduled sampling (1506.03099): before each place the real token with probability `truth`, else one that it draws itself
 * from what it has read so far. A coin for each token of each row; the first input is always the start token. Inside `tf.tidy`.
 *
 * (SeqGAN's released baseline tosses one coin while it builds its graph, and so never changes its mind.)
 *
 * @returns int32 `[batch, length]`
 */
export function mixedInputs(network: TokenNetwork, tokens: tf.Tensor2D, truth: number, random: Random): tf.Tensor2D {
  const [rows, places] = tokens.shape;
  const coins = tf.split(random.uniformTensor([rows, places - 1]), places - 1, 1);
  const uniforms = tf.split(random.uniformTensor([rows, places - 1]), places - 1, 1);
  const real = tf.unstack(tokens, 1);
  const inputs = [tf.fill([rows], START, 'int32')] as tf.Tensor1D[];
  let state = network.start(rows);
  coins.forEach((coin, place) => {
    const after = network.step(state, inputs.at(-1)!);
    state = after.state;
    const own = drawTokens(
      samplingProbabilities(logitsOf(network, after.features), PLAIN_SAMPLING),
      uniforms[place] as tf.Tensor2D,
    );
    inputs.push(tf.where(tf.less(tf.reshape(coin, [rows]), truth), real[place]!, own) as tf.Tensor1D);
  });
  return tf.stack(inputs, 1) as tf.Tensor2D;
}
