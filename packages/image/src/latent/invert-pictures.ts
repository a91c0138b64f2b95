import { integer, type LatentSpace, number, resolveOptions, withConditions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { PictureModel } from './inversion-encoder.js';

/** Options of {@link invertPictures}. */
export interface InvertPicturesOptions {
  /** The class of each picture, int32 `[batch]`; of models with classes. */
  readonly labels?: tf.Tensor1D;
  /** Gradient steps after the encoder's guess; 0 for the guess alone. Default 200. */
  readonly steps?: number;
  /** Of Adam. Default 0.05. */
  readonly learningRate?: number;
  /** What it costs that a point lies as far out as drawn ones do, against a mean squared error of 1 of the pixels. Default 0.01. */
  readonly outward?: number;
}

/** What {@link invertPictures} finds. */
export interface InvertedPictures {
  /** A latent point for each picture, `[batch, latent]`. The caller owns it. */
  readonly points: tf.Tensor2D;
  /** How far what the model makes of each point is from the picture: the mean squared error of its pixels, in -1 … 1. */
  readonly errors: Float32Array;
}

const schema = {
  steps: integer({ min: 0, default: 200 }),
  learningRate: number({ above: 0, default: 0.05 }),
  outward: number({ min: 0, default: 0.01 }),
};

/**
 * Reads pictures back into the latent space of a model: an encoder's guess, then gradient steps on the points themselves, so that the model makes the
 * pictures from them as well as it can (Zhu et al. 2016, arXiv 1609.03552, sections 3.1 and 3.2). Points stay where the space has some.
 *
 * ```ts
 * const { points } = await invertPictures(gan, pictures, encoder);
 * const smiling = gan.generate(tf.add(points, smile));
 * ```
 *
 * @param pictures `[batch, size, size, channels]` in -1 … 1; borrowed
 * @param encoder as `trainInversionEncoder` leaves it; borrowed
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function invertPictures(
  model: PictureModel,
  pictures: tf.Tensor,
  encoder: tf.LayersModel,
  { labels, ...options }: InvertPicturesOptions = {},
): Promise<InvertedPictures> {
  const { steps, learningRate, outward } = resolveOptions('invertPictures', options, schema);
  const { latent } = model;
  const points = tf.tidy(() => {
    const guess = encoder.predict(withConditions([pictures], { labels }, latent)) as tf.Tensor2D;
    return tf.variable(kept(guess, latent));
  });
  // Not through model.generate, which may keep gradients out.
  const errorsAt = (at: tf.Tensor2D) => {
    const made = model.sampler.apply(withConditions([at], { labels }, latent), { training: false }) as tf.Tensor;
    return tf.mean(tf.squaredDifference(made, pictures), [1, 2, 3]);
  };
  const optimizer = tf.train.adam(learningRate);
  try {
    for (let step = 0; step < steps; step++) {
      const cost = tf.tidy(() => {
        const misfit = () => tf.sum(tf.add(errorsAt(points), tf.mul(outward, tf.mean(tf.square(points), 1)))) as tf.Scalar;
        const before = optimizer.minimize(misfit, true, [points])!;
        points.assign(kept(points, latent));
        return before;
      });
      // Lets an engine that runs lazily make this step before the next is recorded.
      await cost.data();
      cost.dispose();
    }
    const errors = tf.tidy(() => errorsAt(points));
    const values = Float32Array.from(await errors.data());
    errors.dispose();
    return { points: points.clone(), errors: values };
  } finally {
    points.dispose();
    optimizer.dispose();
  }
}

/** The nearest points that a latent space can hold. */
function kept(points: tf.Tensor2D, latent: LatentSpace): tf.Tensor2D {
  const { distribution, dimensions, bound = 2 } = latent.describe();
  if (distribution === 'uniform') return tf.clipByValue(points, -1, 1);
  if (distribution === 'truncatedNormal') return tf.clipByValue(points, -bound, bound);
  if (distribution === 'sphere') return tf.mul(Math.sqrt(dimensions), tf.div(points, tf.norm(points, 2, 1, true)));
  return points.clone();
}
