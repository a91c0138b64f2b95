import { oneOf, type Resolved } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What becomes of rewards before they weigh the gradient. */
export interface RewardOptions {
  /**
   * 'rank' puts a sigmoid of a row's rank among its batch, at each place, in the place of its reward (LeakGAN, 1709.08624, "bootstrapped rescaled activation"): the scale of rewards
   * no longer depends on how sure the discriminator is. Default 'none', as in SeqGAN.
   */
  readonly scaling?: 'none' | 'rank';
  /** 'batch' takes the mean over the batch, at each place, from rewards, which makes the gradient less noisy. Default 'none', as in SeqGAN's code. */
  readonly baseline?: 'none' | 'batch';
}

/** The fields of {@link RewardOptions}. */
export const rewardSchema = {
  scaling: oneOf(['none', 'rank'], { default: 'none' }),
  baseline: oneOf(['none', 'batch'], { default: 'none' }),
};

/** LeakGAN's smoothness of the sigmoid of ranks. */
const SMOOTHNESS = 12;

/** Rewards `[batch, length]` as what weighs the log-probabilities. Borrows them; the caller owns the result. */
export function advantages(rewards: tf.Tensor2D, { scaling, baseline }: Resolved<typeof rewardSchema>): tf.Tensor2D {
  return tf.tidy(() => {
    const scaled = scaling === 'rank' ? rankScaled(rewards) : rewards;
    return baseline === 'batch' ? tf.sub(scaled, tf.mean(scaled, 0, true)) : tf.clone(scaled);
  });
}

/** σ(12 · (0.5 − rank / batch)), the best row having rank 1; equal rewards have the same rank. */
function rankScaled(rewards: tf.Tensor2D): tf.Tensor2D {
  const better = tf.greater(tf.expandDims(rewards, 0), tf.expandDims(rewards, 1));
  const rank = tf.add(1, tf.sum(tf.cast(better, 'float32'), 1));
  return tf.sigmoid(tf.mul(SMOOTHNESS, tf.sub(0.5, tf.div(rank, rewards.shape[0])))) as tf.Tensor2D;
}
