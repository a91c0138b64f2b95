import type { Random } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { allOrSomeForms, oneForm, someForms } from './drawn-forms.js';

/** How what encoders say of the forms of a thing becomes one opinion of where the thing lies. */
export type FusionName = 'product' | 'mixture' | 'mixture-of-products';

/** One way of fusion. */
export interface Fusion {
  /** Whether the prior is an expert too. */
  readonly withPrior: boolean;
  /**
   * Which forms say where a row lies, in training: one part of the mixture for each row, drawn anew each time. 1 or 0, `[batch]` for each form.
   *
   * @param present 1 where a row has the form, `[batch]` for each form
   */
  chosen(present: readonly tf.Tensor1D[], random: Random): tf.Tensor1D[];
  /** Which forms are then decoded from there: the chosen ones alone, or all that the row has. */
  readonly decoded: 'chosen' | 'present';
  /** Whether one of the given forms says where a thing lies, drawn for each, when samples are translated; else all of them together. */
  readonly translatesFromOne: boolean;
}

/** All ways of fusion. */
export const fusions: Readonly<Record<FusionName, Fusion>> = {
  product: { withPrior: true, chosen: allOrSomeForms, decoded: 'chosen', translatesFromOne: false },
  mixture: { withPrior: false, chosen: oneForm, decoded: 'present', translatesFromOne: true },
  'mixture-of-products': { withPrior: false, chosen: someForms, decoded: 'present', translatesFromOne: false },
};
