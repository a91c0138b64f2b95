import { integer, type LatentModel, type Modality, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { initializers, stridedLayers } from '../dcgan/dcgan-layers.js';

/** A model of pictures with a latent space: a GAN or a VAE. */
export type PictureModel = LatentModel & { readonly modality: Pick<Modality<unknown>, 'sampleShape'> };

/** Options of {@link inversionEncoder}. */
export interface InversionEncoderOptions {
  /** Channels of the layer next to the picture; each layer further in has twice as many. Default 32. */
  readonly width?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = { width: positiveInteger({ default: 32 }), seed: integer({ default: 0 }) };

/**
 * A network that finds the latent points of pictures that a model could have made: the layers of DCGAN's discriminator with batch normalisation, from
 * pictures `[batch, size, size, channels]`, and of models with classes one-hot `[batch, classes]`, to points `[batch, latent]`. To be trained by
 * `trainInversionEncoder`. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function inversionEncoder({ latent, modality }: PictureModel, options: InversionEncoderOptions = {}): tf.LayersModel {
  const { width, seed } = resolveOptions('inversionEncoder', options, schema);
  const random = Random.fromSeed(seed);
  const [size] = modality.sampleShape as [number];
  const picture = tf.input({ shape: [...modality.sampleShape] });
  const map = stridedLayers(picture, { size, width, kernelSize: 4, norm: 'batch' }, initializers(random));
  const features = tf.layers.flatten().apply(map) as tf.SymbolicTensor;
  const kernelInitializer = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  const read = tf.layers.dense({ units: latent.dimensions, kernelInitializer });
  if (!latent.classes) return tf.model({ inputs: picture, outputs: read.apply(features) as tf.SymbolicTensor });
  const oneHot = tf.input({ shape: [latent.classes] });
  const known = tf.layers.concatenate().apply([features, oneHot]) as tf.SymbolicTensor;
  return tf.model({ inputs: [picture, oneHot], outputs: read.apply(known) as tf.SymbolicTensor });
}
