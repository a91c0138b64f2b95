import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type CriticStyle, criticLayers } from '../wavegan/critic-layers.js';
import { type FirstWeights, firstWeights } from '../wavegan/first-weights.js';

/** What the two networks of a SpecGAN are built from. */
export interface SpecGanShape extends CriticStyle {
  readonly frames: number;
  readonly bins: number;
  readonly channels: number;
  /** Channels of the layer next to the picture; each layer further in has twice as many. */
  readonly width: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  readonly generatorNorm: 'none' | 'batch';
  readonly initialWeights: FirstWeights;
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
  /** How many classes the networks are told of; none by default. */
  readonly classes?: number | undefined;
}

/** The shorter side of the smallest map. */
const SMALLEST = 4;

/** How many layers of stride 2 lie between a picture and the smallest map. */
function depthOf({ frames, bins }: SpecGanShape): number {
  return Math.log2(Math.min(frames, bins) / SMALLEST);
}

/**
 * The generator of SpecGAN (1802.04208, table 5): DCGAN's, one layer deeper for pictures of 128 × 128. `[batch, latent]`, of models with classes with
 * one-hot `[batch, classes]` beside it, to `[batch, frames, bins, channels]` in -1…1.
 */
export function specGenerator(shape: SpecGanShape, random: Random): tf.LayersModel {
  const { frames, bins, channels, width, kernelSize, generatorNorm, initialWeights, latentDimensions, classes } = shape;
  const depth = depthOf(shape);
  const initial = firstWeights(initialWeights, random);
  const activated = (map: tf.SymbolicTensor) => {
    const kept =
      generatorNorm === 'batch' ? (tf.layers.batchNormalization({ momentum: 0.9 }).apply(map) as tf.SymbolicTensor) : map;
    return tf.layers.reLU().apply(kept) as tf.SymbolicTensor;
  };

  const point = tf.input({ shape: [latentDimensions] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  const drawn = label ? (tf.layers.concatenate().apply([point, label]) as tf.SymbolicTensor) : point;
  const smallest = [frames / 2 ** depth, bins / 2 ** depth, width * 2 ** (depth - 1)];
  const units = tf.util.sizeFromShape(smallest);
  const projected = tf.layers.dense({ units, kernelInitializer: initial(latentDimensions) }).apply(drawn);
  let map = tf.layers.reshape({ targetShape: smallest }).apply(projected) as tf.SymbolicTensor;
  for (let layer = depth - 2; layer >= -1; layer--) {
    const filters = layer < 0 ? channels : width * 2 ** layer;
    // A stride of 2 leaves a quarter of the filter's places for each value.
    const kernelInitializer = initial((map.shape[3]! * kernelSize ** 2) / 4, layer < 0);
    const options = { filters, kernelSize, strides: 2, padding: 'same', kernelInitializer } as const;
    map = tf.layers.conv2dTranspose(options).apply(activated(map)) as tf.SymbolicTensor;
  }
  const picture = tf.layers.activation({ activation: 'tanh' }).apply(map) as tf.SymbolicTensor;
  return tf.model({ name: 'generator', inputs: label ? [point, label] : point, outputs: picture });
}

/**
 * The discriminator of SpecGAN (1802.04208, table 6): convolutions of stride 2 with leaky ReLU of slope 0.2, classes judged by projection. Pictures, and
 * of models with classes one-hot `[batch, classes]`, to `[score, features]`: logits `[batch, 1]` and the last map, flattened.
 */
export function specDiscriminator(shape: SpecGanShape, random: Random): tf.LayersModel {
  const { frames, bins, channels, width, kernelSize, classes } = shape;
  const { convolution, leaky, score } = criticLayers(shape, random);
  const picture = tf.input({ shape: [frames, bins, channels] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  let map: tf.SymbolicTensor = picture;
  for (let layer = 0; layer < depthOf(shape); layer++) {
    const options = { filters: width * 2 ** layer, kernelSize, strides: 2, padding: 'same' } as const;
    map = leaky(convolution(map, (initial) => tf.layers.conv2d({ ...options, ...initial }), layer));
  }
  const features = tf.layers.flatten().apply(map) as tf.SymbolicTensor;
  const inputs = label ? [picture, label] : picture;
  return tf.model({ name: 'discriminator', inputs, outputs: [score(features, label), features] });
}
