import { number, positiveInteger, resolveOptions } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { JointSamples } from '../multimodal-model.js';
import { seedField } from '../scores/score-options.js';

/** How far generated samples are from those that were given, both `[batch, ...sampleShape]`: float32 `[batch]`, differentiable in the first. */
export type SampleDistance = (generated: tf.Tensor, given: tf.Tensor) => tf.Tensor1D;

/** How codes and private parts are refined. */
export interface RefineOptions {
  /** Steps of gradient descent. Default 100. */
  readonly steps?: number;
  /** Of Adam, in units of codes and private parts; falls to a tenth of it. Default 0.05. */
  readonly learningRate?: number;
  /** So many points are drawn for each row, and the nearest is refined. Default 8. */
  readonly starts?: number;
  /** Draws the points. Default 0. */
  readonly seed?: number | string;
  /** By modality, how its samples are compared. Default: as the model says. */
  readonly distances?: Readonly<Record<string, SampleDistance>>;
  /** By modality, which numbers of the samples are known: 1 or 0, `[batch, ...sampleShape]`. Borrowed. Default: all. */
  readonly known?: JointSamples;
}

const schema = {
  steps: positiveInteger({ default: 100 }),
  learningRate: number({ above: 0, default: 0.05 }),
  starts: positiveInteger({ default: 8 }),
  seed: seedField,
};

/** Options with every default filled in. */
export interface ResolvedRefineOptions extends Required<Omit<RefineOptions, 'known'>> {
  readonly known?: JointSamples | undefined;
}

/** @throws {OptionsError} for an option that is unknown or not what it must be */
export function resolveRefineOptions({ known, distances = {}, ...options }: RefineOptions): ResolvedRefineOptions {
  return { ...resolveOptions('refine', options, schema), distances, known };
}
