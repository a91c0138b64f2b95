import { integer, type LatentModel, optional, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { Matrix } from 'ml-matrix';
import { eigen, type LatentDirections, strongest } from './latent-directions.js';

/** Options of {@link principalDirections}. */
export interface PrincipalDirectionsOptions {
  /** How many directions. Default 8. */
  readonly count?: number;
  /** Pictures that are made to find them. Default 500. */
  readonly samples?: number;
  /** Of models with classes: the class of these pictures. */
  readonly label?: number;
  /** Decides the pictures. Default 0. */
  readonly seed?: number;
}

const schema = {
  count: positiveInteger({ default: 8 }),
  samples: integer({ min: 2, default: 500 }),
  label: optional(integer({ min: 0 })),
  seed: integer({ default: 0 }),
};

/** Samples that are made at once. */
const PIECE = 64;

/**
 * The latent directions in which generated samples vary most: principal components of the samples, each traced back to the latent space by regression (as
 * GANSpace, Härkönen et al. 2020, arXiv 2004.02546, section 2.2, does for a layer's activations).
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function principalDirections(
  model: Pick<LatentModel, 'latent' | 'generate'>,
  options: PrincipalDirectionsOptions = {},
): Promise<LatentDirections> {
  const { count, samples, label = 0, seed } = resolveOptions('principalDirections', options, schema);
  const { latent } = model;
  const points = latent.sample(samples, Random.fromSeed(seed));
  const pieces: tf.Tensor2D[] = [];
  for (let from = 0; from < samples; from += PIECE) {
    const size = Math.min(PIECE, samples - from);
    const piece = tf.tidy(() => {
      const labels = latent.classes ? tf.fill<tf.Rank.R1>([size], label, 'int32') : undefined;
      return model.generate(points.slice([from, 0], [size, -1]), labels).reshape<tf.Tensor2D>([size, -1]);
    });
    // Lets an engine that runs lazily make this piece before the next is asked for.
    await piece.data();
    pieces.push(piece);
  }
  // Fewer samples than numbers in one: the components come from how samples go together, not from how numbers do.
  const products = tf.tidy(() => {
    const all = tf.concat(pieces);
    const apart = tf.sub(all, tf.mean(all, 0, true)) as tf.Tensor2D;
    return tf.matMul(apart, apart, false, true);
  });
  tf.dispose(pieces);
  const { values, vectors } = await eigen(products);
  products.dispose();
  const drawn = new Matrix((await points.array()) as number[][]);
  points.dispose();
  // The samples' coordinates along a component are its eigenvector, scaled: their regression is a product with the points.
  return strongest(
    drawn.subRowVector(drawn.mean('column')).transpose().mmul(vectors),
    values,
    Math.min(count, latent.dimensions),
  );
}
