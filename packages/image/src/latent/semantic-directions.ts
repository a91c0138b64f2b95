import type { LatentModel } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { eigen, type LatentDirections, strongest } from './latent-directions.js';

/**
 * The directions that a generator's first layer stretches most: eigenvectors of the product of its weights with themselves (SeFa, Shen & Zhou 2020, arXiv
 * 2007.06600, equation 6). Nothing is sampled, so it takes no time; often one of them is a thing that has a name.
 *
 * @param count how many; at most as many as the latent space has dimensions
 * @throws if the generator's first layer is not a dense layer
 */
export async function semanticDirections(
  { sampler, latent }: Pick<LatentModel, 'sampler' | 'latent'>,
  count = 8,
): Promise<LatentDirections> {
  const [input] = sampler.inputs;
  const first = sampler.layers.find((layer) => layer.getClassName() === 'Dense' && layer.input === input);
  if (!first) throw new Error('semanticDirections: expected a generator whose latent point goes into a dense layer, found none');
  const product = tf.tidy(() => {
    const kernel = first.getWeights()[0] as tf.Tensor2D;
    return tf.matMul(kernel, kernel, false, true);
  });
  const { values, vectors } = await eigen(product);
  product.dispose();
  return strongest(vectors, values, Math.min(count, latent.dimensions));
}
