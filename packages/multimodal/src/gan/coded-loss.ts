import { type AdversarialLoss, nextRow } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { Judgement, Said } from './player.js';

/**
 * What a critic that is told codes minimises: it is to take real samples with their own codes, and neither generated ones nor real ones with codes of other
 * things (1605.05396, algorithm 1); manners alike. Borrows everything.
 *
 * @param said of the real samples; the generated ones were made from it
 * @param mismatch factor of the loss for codes, and for manners, of other things
 */
export function codedCriticLoss(
  loss: AdversarialLoss,
  real: Judgement,
  fake: Judgement,
  said: Said,
  mismatch: number,
): tf.Scalar {
  const { codes, manners } = said;
  const matching = real.scoreWith(said);
  const ofFakes = loss.discriminator(matching, fake.scoreWith(said));
  if (mismatch === 0) return ofFakes;
  const wrong: Said[] = [{ ...said, codes: nextRow(codes), likeness: codes }];
  if (manners) wrong.push({ ...said, manners: nextRow(manners) });
  const others = wrong.map((each) => tf.mul(mismatch, loss.discriminator(matching, real.scoreWith(each))));
  return tf.addN([ofFakes, ...others]) as tf.Scalar;
}
