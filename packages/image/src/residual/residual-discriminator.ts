import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { selfAttention } from '../layers/self-attention.js';
import type { ResidualShape } from './residual-generator.js';
import { type ResidualLayers, relu, residualLayers } from './residual-layers.js';
import { type DiscriminatorBlock, residualPlan } from './residual-plan.js';

/**
 * The residual discriminator of 1802.05957 (tables 4 to 6), every layer under spectral normalisation: blocks that halve the map, ReLU, the sum over
 * all places, and one linear score. `[batch, size, size, channels]` to `[score, features]`: logits `[batch, 1]` and that sum, `[batch, n]`. A class adds
 * to the score how far the sum lies along a direction of that class (projection, 1802.05637, equation 3).
 */
export function residualDiscriminator(
  { size, channels, width, attention, classes }: ResidualShape,
  random: Random,
): tf.LayersModel {
  const layers = residualLayers(random, 'spectral');
  const picture = tf.input({ shape: [size, size, channels] });
  let map: tf.SymbolicTensor = picture;
  for (const [i, block] of residualPlan(size, width).discriminator.entries()) {
    map = i === 0 ? firstBlock(map, block, layers) : laterBlock(map, block, layers);
    if (block.side === attention) map = selfAttention(map, random);
  }
  const features = sumOverPlaces(relu(map));
  const score = layers.dense(features, 1);
  if (!classes) return tf.model({ name: 'discriminator', inputs: picture, outputs: [score, features] });
  const oneHot = tf.input({ shape: [classes] });
  const direction = layers.dense(oneHot, features.shape[1]!, false);
  const along = tf.layers.dot({ axes: 1 }).apply([features, direction]) as tf.SymbolicTensor;
  const told = tf.layers.add().apply([score, along]) as tf.SymbolicTensor;
  return tf.model({ name: 'discriminator', inputs: [picture, oneHot], outputs: [told, features] });
}

/** The block next to the picture, whose values are no activations: without a ReLU before them. */
function firstBlock(picture: tf.SymbolicTensor, { filters }: DiscriminatorBlock, layers: ResidualLayers): tf.SymbolicTensor {
  const changed = layers.convolution(relu(layers.convolution(picture, filters)), filters);
  return sum(halved(changed), layers.mix(halved(picture), filters));
}

/** ReLU, convolution, ReLU, convolution, halving, and the halved map itself added to it (1802.05957, figure 8a). */
function laterBlock(map: tf.SymbolicTensor, { filters, halves }: DiscriminatorBlock, layers: ResidualLayers): tf.SymbolicTensor {
  const own = map.shape.at(-1)!;
  const changed = layers.convolution(relu(layers.convolution(relu(map), own)), filters);
  // A 1×1 convolution after the halving gives what it would give before it, for a quarter of the work.
  if (halves) return sum(halved(changed), layers.mix(halved(map), filters));
  return sum(changed, own === filters ? map : layers.mix(map, filters));
}

function sum(...maps: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  return tf.layers.add().apply([...maps]) as tf.SymbolicTensor;
}

/** The mean of each 2×2 places. */
function halved(map: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.averagePooling2d({ poolSize: 2 }).apply(map) as tf.SymbolicTensor;
}

function sumOverPlaces(map: tf.SymbolicTensor): tf.SymbolicTensor {
  const [, height, width] = map.shape as [null, number, number, number];
  const mean = tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(map);
  return tf.layers.rescaling({ scale: height * width, offset: 0 }).apply(mean) as tf.SymbolicTensor;
}
