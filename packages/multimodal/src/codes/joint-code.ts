import * as tf from '@tensorflow/tfjs';
import { unitLength } from '../layers/unit-length.js';

/**
 * One code for each row from the codes of its forms: the direction of their weighted sum. Borrows everything.
 *
 * @param codes of each form, of length 1, `[batch, dimensions]`
 * @param weights of each form, `[batch]`; at least one above 0 in every row
 */
export function jointCode(codes: readonly tf.Tensor[], weights: readonly tf.Tensor[]): tf.Tensor2D {
  const weighted = codes.map((code, i) => tf.mul(code, tf.expandDims(weights[i]!, 1)));
  return unitLength(tf.addN(weighted));
}

/**
 * Which forms of each row are looked at, so that a model learns to go on from any of them: those that were drawn and are there, or all that are there
 * if none of them was drawn.
 *
 * @param present 1 where a row has the form, `[batch]` for each form
 * @param drawn 1 where the form was drawn, `[batch]` for each form
 */
export function chosenForms(present: readonly tf.Tensor1D[], drawn: readonly tf.Tensor[]): tf.Tensor[] {
  const chosen = present.map((here, i) => tf.mul(here, drawn[i]!));
  const nothing = tf.cast(tf.equal(tf.addN(chosen), 0), 'float32');
  return present.map((here, i) => tf.add(chosen[i]!, tf.mul(nothing, here)));
}
