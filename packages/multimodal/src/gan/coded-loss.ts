import { type AdversarialLoss, nextRow } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { Judgement } from './player.js';

/**
 * What a critic that is told codes minimises: it is to take real samples with their own codes, and neither generated ones nor real ones with codes of other
 * things (1605.05396, algorithm 1). Borrows everything.
 *
 * @param codes of the real samples; the generated ones were made from them
 * @param mismatch factor of the loss for codes of other things
 */
export function codedCriticLoss(
  loss: AdversarialLoss,
  real: Judgement,
  fake: Judgement,
  codes: tf.Tensor2D,
  mismatch: number,
): tf.Scalar {
  const matching = real.scoreWith(codes);
  const ofFakes = loss.discriminator(matching, fake.scoreWith(codes));
  if (mismatch === 0) return ofFakes;
  const others = loss.discriminator(matching, real.scoreWith(nextRow(codes), codes));
  return tf.add(ofFakes, tf.mul(mismatch, others)) as tf.Scalar;
}
