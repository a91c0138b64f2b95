import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type DcganNorm, initializers, stridedLayers } from '../dcgan/dcgan-layers.js';

/** What the encoder of pictures is built from. */
export interface PictureEncoderShape {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  /** Channels of the layer next to the picture; each layer further in has twice as many. */
  readonly width: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
  /** How many classes the network is told of; none by default. */
  readonly classes?: number | undefined;
  /** What keeps the layers in range. */
  readonly norm: DcganNorm;
}

/**
 * The layers of DCGAN's discriminator as an encoder: pictures `[batch, size, size, channels]`, and of models with classes one-hot `[batch, classes]`, to
 * `[mean, logVariance]`, each `[batch, latent]`.
 */
export function pictureEncoder(shape: PictureEncoderShape, random: Random): tf.LayersModel {
  const { size, channels, latentDimensions, classes } = shape;
  const picture = tf.input({ shape: [size, size, channels] });
  const oneHot = classes ? tf.input({ shape: [classes] }) : undefined;
  const map = stridedLayers(picture, shape, initializers(random));
  const features = tf.layers.flatten().apply(map) as tf.SymbolicTensor;
  const known = oneHot ? (tf.layers.concatenate().apply([features, oneHot]) as tf.SymbolicTensor) : features;
  // Variances are about 1 at first, as those of the latent space are: the last layer begins near 0.
  const read = () => {
    const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.01, seed: random.integer(2 ** 31) });
    return tf.layers.dense({ units: latentDimensions, kernelInitializer }).apply(known) as tf.SymbolicTensor;
  };
  return tf.model({ name: 'encoder', inputs: oneHot ? [picture, oneHot] : picture, outputs: [read(), read()] });
}
