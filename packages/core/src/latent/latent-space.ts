import * as tf from '@tensorflow/tfjs';
import { custom, integer, listOf, number, oneOf, optional, positiveInteger } from '../options/field.js';
import { OptionsError } from '../options/options-error.js';
import { nested, resolveOptions } from '../options/resolve-options.js';
import type { Random } from '../random/random.js';
import { type LatentDistribution, latentDistributions } from './distributions.js';
import type { Interpolation } from './interpolation.js';

/** What {@link latentSpace} makes a latent space from; plain JSON. */
export interface LatentDescription {
  readonly distribution: LatentDistribution;
  /** How many numbers a point has. */
  readonly dimensions: number;
  /** How many classes samples have, labels being 0 … classes-1. Without it there are no labels. */
  readonly classes?: number;
  /**
   * Groups of samples that networks are told, in place of classes: how many samples of the data are in each, which decides how often it is drawn, and the class
   * that it is of; empty where clusters have none.
   */
  readonly clusters?: { readonly sizes: readonly number[]; readonly classOf: readonly number[] };
  /** Shape of what each sample is made under, such as `[n]` for n attributes or `[height, width, channels]` for a picture. Without it there is no such thing. */
  readonly conditionShape?: readonly number[];
  /** Of 'truncatedNormal': how far from 0 a number may lie. Default 2. */
  readonly bound?: number;
}

/** The options of {@link normalLatent} and its kin. */
export type LatentOptions = Pick<LatentDescription, 'classes' | 'clusters' | 'conditionShape'>;

/** How points are drawn from a latent space. */
export interface LatentSampleOptions {
  /**
   * How much of the spread to keep, 0 to 1: less variety, more typical samples. Points are scaled towards 0, the mean, which for a normal
   * space is the reduced temperature of Glow (1807.03039, section 6). Default 1. The same random numbers give the same directions whatever it is.
   */
  readonly truncation?: number;
}

/** What a generator's samples are drawn from. */
export interface LatentSpace {
  readonly dimensions: number;
  /** How many classes there are; absent where samples have none. */
  readonly classes?: number;
  /** The groups of samples that networks are told in place of classes; absent where they are not. */
  readonly clusters?: LatentDescription['clusters'];
  /** Shape of what each sample is made under; absent where there is no such thing. */
  readonly conditionShape?: readonly number[];
  /** The way from one point to another that stays where points of this space lie. */
  readonly defaultInterpolation: Interpolation;
  /** Draws points, float32 `[count, dimensions]`. The caller owns them. */
  sample(count: number, random: Random, options?: LatentSampleOptions): tf.Tensor2D;
  /** Draws classes, each equally likely, int32 `[count]`. The caller owns them. Throws where there are no classes. */
  sampleLabels(count: number, random: Random): tf.Tensor1D;
  /** What {@link latentSpace} makes the same space from. */
  describe(): LatentDescription;
}

/** Each number from the standard normal distribution. The usual choice. */
export function normalLatent(dimensions: number, options: LatentOptions = {}): LatentSpace {
  return latentSpace({ distribution: 'normal', dimensions, ...options });
}

/** Each number uniform in -1 … 1, as in DCGAN (1511.06434). */
export function uniformLatent(dimensions: number, options: LatentOptions = {}): LatentSpace {
  return latentSpace({ distribution: 'uniform', dimensions, ...options });
}

/** Uniform on the sphere of radius √dimensions, on which each number has variance 1 (Karras et al. 2017, 1710.10196, appendix A). */
export function sphereLatent(dimensions: number, options: LatentOptions = {}): LatentSpace {
  return latentSpace({ distribution: 'sphere', dimensions, ...options });
}

/** Each number from the standard normal distribution, drawn again while it lies beyond ±bound (Brock et al. 2018, 1809.11096). */
export function truncatedNormalLatent(
  dimensions: number,
  options: LatentOptions & { readonly bound?: number } = {},
): LatentSpace {
  return latentSpace({ distribution: 'truncatedNormal', dimensions, ...options });
}

const absentBound = optional(custom<number>("left out: only 'truncatedNormal' has one", () => false));

/**
 * A latent space from its description.
 *
 * @throws {OptionsError} for a description that is none
 */
export function latentSpace(description: LatentDescription): LatentSpace {
  const { distribution, dimensions, classes, clusters, conditionShape, bound } = resolveOptions('latentSpace', description, {
    distribution: oneOf(Object.keys(latentDistributions) as LatentDistribution[]),
    dimensions: positiveInteger(),
    classes: optional(integer({ min: 2 })),
    clusters: optional(nested({ sizes: listOf(positiveInteger()), classOf: listOf(integer({ min: 0 })) })),
    conditionShape: optional(listOf(positiveInteger())),
    bound: description.distribution === 'truncatedNormal' ? number({ above: 0, default: 2 }) : absentBound,
  });
  if (clusters && clusters.classOf.length !== (classes ? clusters.sizes.length : 0)) {
    throw new OptionsError(
      { where: 'latentSpace', path: 'clusters.classOf' },
      `'clusters.classOf' must name the class of each cluster where there are classes, and else be empty; got ${clusters.classOf.length} for ${clusters.sizes.length} clusters ` +
        `and ${classes ?? 'no'} classes; find clusters ${classes ? 'within classes' : 'without regard to classes'}`,
    );
  }
  const { fill, interpolation } = latentDistributions[distribution];

  return {
    dimensions,
    ...(classes && { classes }),
    ...(clusters && { clusters }),
    ...(conditionShape && { conditionShape }),
    defaultInterpolation: interpolation,
    sample(count, random, { truncation = 1 } = {}) {
      const values = fill(new Float32Array(count * dimensions), random, { dimensions, bound: bound ?? Infinity });
      if (truncation !== 1) {
        if (distribution === 'sphere')
          throw new Error('LatentSpace.sample: a sphere has no middle to truncate to; truncation must be 1');
        if (!(truncation >= 0 && truncation <= 1)) {
          throw new Error(`LatentSpace.sample: truncation must be from 0 to 1, got ${truncation}`);
        }
        for (let i = 0; i < values.length; i++) values[i]! *= truncation;
      }
      return tf.tensor2d(values, [count, dimensions]);
    },
    sampleLabels(count, random) {
      if (!classes) throw new Error('LatentSpace.sampleLabels: this latent space has no classes; make it with `classes`');
      return tf.tensor1d(
        Int32Array.from({ length: count }, () => random.integer(classes)),
        'int32',
      );
    },
    describe: () => ({
      distribution,
      dimensions,
      ...(classes !== undefined && { classes }),
      ...(clusters && { clusters }),
      ...(conditionShape && { conditionShape }),
      ...(bound !== undefined && { bound }),
    }),
  };
}
