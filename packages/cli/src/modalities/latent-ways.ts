import {
  drawnLabels,
  type Interpolation,
  interpolateLinear,
  interpolateSpherical,
  type LatentSpace,
  Random,
} from '@polygan/core';
import { type AnyJointModel, isJoint } from '@polygan/models';
import type { JointPoints } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import type { AnyBatch, AnyLatentModel, AnyModel, AnySamples } from './modality-commands.js';

/** Ways through a latent space. */
export interface WaysRequest {
  /** How many. */
  readonly count: number;
  /** Samples on each, both ends among them. */
  readonly steps: number;
  readonly seed: number;
  readonly truncation: number;
  readonly along: 'auto' | 'line' | 'sphere';
  /** Of a model that is told conditions: that of each way, `[count, ...conditionShape]`, or of fewer, in turn. */
  readonly conditions?: tf.Tensor | undefined;
}

/** Whether a model has a latent space in which there are ways from one sample to another. */
export function hasWays(model: AnyModel<AnySamples, AnyBatch>): model is AnyLatentModel | AnyJointModel {
  return 'latent' in model;
}

/** The samples on each way, one way after another. The caller owns them. */
export function* waysThrough(model: AnyLatentModel | AnyJointModel, request: WaysRequest): Generator<AnySamples> {
  const { steps, along } = request;
  const fractions = Array.from({ length: steps }, (_, i) => i / (steps - 1));
  const chosen = { auto: undefined, line: interpolateLinear, sphere: interpolateSpherical }[along];
  const between = (ends: tf.Tensor2D, way: number, auto: Interpolation) => {
    const end = (index: number) => ends.slice([index, 0], [1, -1]);
    return (chosen ?? auto)(end(2 * way), end(2 * way + 1), fractions);
  };
  yield* isJoint(model) ? jointWays(model, request, between) : singleWays(model, request, between);
}

type Between = (ends: tf.Tensor2D, way: number, auto: Interpolation) => tf.Tensor2D;

function* singleWays(
  model: AnyLatentModel,
  { count, steps, seed, truncation, conditions }: WaysRequest,
  between: Between,
): Generator<tf.Tensor> {
  const { defaultInterpolation }: LatentSpace = model.latent;
  // Each way stays in one class and cluster, and under one condition.
  const labels = drawnLabels(model.latent, count, { seed });
  const ends = model.latent.sample(2 * count, Random.fromSeed(seed), { truncation });
  for (let way = 0; way < count; way++) {
    yield tf.tidy(() => {
      const told = labels && (tf.fill([steps], labels[way]!, 'int32') as tf.Tensor1D);
      return model.generate(between(ends, way, defaultInterpolation), told, conditions && repeated(conditions, way, steps));
    });
  }
  ends.dispose();
}

/** One row of some, or of those that follow in turn, so many times. */
function repeated(rows: tf.Tensor, row: number, times: number): tf.Tensor {
  return tf.gather(rows, tf.fill([times], row % rows.shape[0]!, 'int32') as tf.Tensor1D);
}

/** From one thing to another, in what all its forms share as in what each has for itself. */
function* jointWays(model: AnyJointModel, { count, seed, truncation }: WaysRequest, between: Between): Generator<AnySamples> {
  const { shared, own }: JointPoints = model.points(2 * count, { seed, truncation });
  for (let way = 0; way < count; way++) {
    yield tf.tidy(() => {
      // Private points are normal.
      const owned = Object.entries(own).map(([name, ends]) => [name, between(ends, way, interpolateSpherical)] as const);
      const points = { shared: between(shared, way, model.latent.defaultInterpolation), own: Object.fromEntries(owned) };
      return model.generate(points) as Record<string, tf.Tensor>;
    });
  }
  tf.dispose([shared, ...Object.values(own)]);
}
