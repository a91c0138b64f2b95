import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointSamples } from '../multimodal-model.js';
import type { ResolvedRefineOptions } from './refine-options.js';
import { knownPart, relativeDistance } from './sample-distance.js';

/** What it costs that points lie as far out as drawn ones do, against a distance of 1 from what was given. */
const OUTWARD = 0.02;

/** A form that is generated from points and looked at by a critic; all differentiable. */
export interface JudgedForm {
  readonly name: string;
  /** Samples from what is shared, `[batch, n]`, and from what this form has for itself, where it has something. */
  make(shared: tf.Tensor2D, own: tf.Tensor2D | undefined): tf.Tensor;
  /** What the critic sees in samples, `[batch, n]`. @param random draws the critic's random inputs, where it has some */
  features(samples: tf.Tensor, random: Random): tf.Tensor;
}

/**
 * How far what comes from points is from what was given, `[batch]`: by the samples' numbers and by what critics see in them, each as a share of what was given,
 * or as the caller says; and how far out private points lie.
 *
 * @param forms those that are given
 */
export function awayFromGiven(
  forms: readonly JudgedForm[],
  given: JointSamples,
  { known, distances, seed }: Pick<ResolvedRefineOptions, 'known' | 'distances' | 'seed'>,
): (shared: tf.Tensor2D, own: Readonly<Record<string, tf.Tensor2D>>) => tf.Tensor1D {
  const random = Random.fromSeed(seed);
  return (shared, own) => {
    const costs = forms.flatMap((form) => {
      const { name } = form;
      const generated = form.make(shared, own[name]);
      const target = knownPart(generated, given[name]!, known?.[name]);
      const draw = random.split(name);
      // Both are judged with the same random inputs.
      const seen = (samples: tf.Tensor) => form.features(samples, draw.split('features'));
      const distance =
        distances[name]?.(generated, target) ??
        tf.add(relativeDistance(generated, target), relativeDistance(seen(generated), seen(target)));
      return own[name] ? [distance, farOut(own[name])] : [distance];
    });
    return tf.addN(costs) as tf.Tensor1D;
  };
}

/** What it costs where points lie, `[batch]`: nothing in the middle. */
export function farOut(points: tf.Tensor2D): tf.Tensor1D {
  return tf.mul(OUTWARD, tf.mean(tf.square(points), 1)) as tf.Tensor1D;
}
