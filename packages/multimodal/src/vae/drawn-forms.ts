import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** Sets of forms are drawn so often until one is not empty; what is empty still becomes a single form. */
const TRIES = 5;

/**
 * Of each row one of the forms that it has, all as likely: 1 or 0, `[batch]` for each form. Borrows everything.
 *
 * @param present 1 where a row has the form, `[batch]` for each form
 */
export function oneForm(present: readonly tf.Tensor1D[], random: Random): tf.Tensor1D[] {
  const [batch] = present[0]!.shape;
  const lots = present.map((here) => tf.mul(here, random.uniformTensor<tf.Rank.R1>([batch], 1, 2)));
  const winner = tf.argMax(tf.stack(lots), 0);
  return present.map((_, i) => tf.cast(tf.equal(winner, i), 'float32') as tf.Tensor1D);
}

/** Of each row a set of the forms that it has, not empty, all sets as likely (of rows of one form within 1 in 32 of a set). As {@link oneForm}. */
export function someForms(present: readonly tf.Tensor1D[], random: Random): tf.Tensor1D[] {
  const [batch] = present[0]!.shape;
  let chosen = present.map((here) => tf.zerosLike(here));
  const fill = (others: readonly tf.Tensor1D[]) => {
    const empty = tf.cast(tf.equal(tf.addN(chosen), 0), 'float32');
    chosen = chosen.map((each, i) => tf.add(each, tf.mul(empty, others[i]!)) as tf.Tensor1D);
  };
  const coin = (here: tf.Tensor1D) => {
    const fell = tf.greaterEqual(random.uniformTensor<tf.Rank.R1>([batch]), 0.5);
    return tf.mul(here, tf.cast(fell, 'float32')) as tf.Tensor1D;
  };
  for (let attempt = 0; attempt < TRIES; attempt++) fill(present.map(coin));
  fill(oneForm(present, random));
  return chosen;
}

/** Of half of the rows all forms that they have, of the others {@link someForms}. */
export function allOrSomeForms(present: readonly tf.Tensor1D[], random: Random): tf.Tensor1D[] {
  const [batch] = present[0]!.shape;
  const all = tf.cast(tf.greaterEqual(random.uniformTensor<tf.Rank.R1>([batch]), 0.5), 'float32');
  const some = someForms(present, random);
  return present.map((here, i) => tf.add(tf.mul(all, here), tf.mul(tf.sub(1, all), some[i]!)) as tf.Tensor1D);
}
