import type { Meter, Optimizer, Random, Resolved } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { rowLogProbabilities } from '../language-models/likelihood-update.js';
import { sampleRows } from '../language-models/sample-rows.js';
import type { TokenNetwork } from '../language-models/token-network.js';
import { advantages, type rewardSchema } from './reward-options.js';
import { type Judge, rollOutRewards } from './roll-outs.js';

/** The parts of one update by policy gradient. */
export interface PolicyGradientParts {
  /** The policy that is trained. */
  readonly network: TokenNetwork;
  /** The policy that completes rows. */
  readonly rollOut: TokenNetwork;
  readonly optimizer: Optimizer;
  readonly judge: Judge;
  /** Completions of each beginning. */
  readonly rollOuts: number;
  readonly reward: Resolved<typeof rewardSchema>;
}

/**
 * One update of a generator by policy gradient (REINFORCE; 1609.05473, equations 6 to 8): draws a batch of rows, finds what each token is worth, and makes the
 * tokens likelier by that. The loss is a sum over rows and places, as in the released code.
 */
export async function policyGradientUpdate(
  { network, rollOut, optimizer, judge, rollOuts, reward }: PolicyGradientParts,
  {
    random,
    batchSize,
    samplesSeen,
    meter,
  }: { readonly random: Random; readonly batchSize: number; readonly samplesSeen: number; readonly meter: Meter },
): Promise<void> {
  const tokens = tf.tidy(() => sampleRows(network, random.uniformTensor([batchSize, network.length])));
  const rewards = await rollOutRewards(rollOut, tokens, { count: rollOuts, judge, random });
  tf.tidy(() => {
    const { value, grads } = policyGradient(network, optimizer.variables, tokens, advantages(rewards, reward));
    optimizer.apply(grads, samplesSeen);
    meter.add('reward', tf.mean(rewards));
    meter.add('loss/generator', value);
  });
  tf.dispose([tokens, rewards]);
}

/** The loss −Σ advantage · log p over rows and places, and its gradients. Inside `tf.tidy`. */
export function policyGradient(
  network: TokenNetwork,
  variables: tf.Variable[],
  tokens: tf.Tensor2D,
  weights: tf.Tensor2D,
): { value: tf.Scalar; grads: tf.NamedTensorMap } {
  return tf.variableGrads(() => tf.neg(tf.sum(tf.mul(rowLogProbabilities(network, tokens), weights))) as tf.Scalar, variables);
}
