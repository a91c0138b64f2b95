import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { selfAttention } from '../layers/self-attention.js';
import { normalized, type ResidualLayers, relu, residualLayers } from './residual-layers.js';
import { type ResidualWidths, residualPlan } from './residual-plan.js';

/** What the generator of a residual GAN is built from. */
export interface ResidualGeneratorShape {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  /** Channels of the discriminator's first block. */
  readonly width: number;
  /** How the channels of all others follow from it. */
  readonly widths: ResidualWidths;
  /** Height and width of the map in which every place attends to all others; none by default. */
  readonly attention?: number | undefined;
  readonly latentDimensions: number;
  /** How many classes the network is told of; none by default. */
  readonly classes?: number | undefined;
}

/**
 * The residual generator of 1802.05957 (tables 4 to 6): a projection to a small map, blocks that double it, batch normalisation, ReLU, a convolution
 * and tanh. `[batch, latent]` to `[batch, size, size, channels]` in -1 … 1. Classes choose the gains and offsets of the normalisations inside the
 * blocks (1802.05637).
 */
export function residualGenerator(
  { size, channels, width, widths, attention, latentDimensions, classes }: ResidualGeneratorShape,
  random: Random,
): tf.LayersModel {
  const { side, filters, blocks } = residualPlan(size, width, widths).generator;
  const layers = residualLayers(random, 'none');
  const latent = tf.input({ shape: [latentDimensions] });
  const oneHot = classes ? tf.input({ shape: [classes] }) : undefined;
  const projected = layers.dense(latent, side * side * filters);
  let map = tf.layers.reshape({ targetShape: [side, side, filters] }).apply(projected) as tf.SymbolicTensor;
  for (const block of blocks) {
    map = doublingBlock(map, block.filters, layers, oneHot);
    if (block.side === attention) map = selfAttention(map, random);
  }
  const picture = tf.layers.activation({ activation: 'tanh' }).apply(layers.convolution(relu(normalized(map)), channels, 1));
  const inputs = oneHot ? [latent, oneHot] : latent;
  return tf.model({ name: 'generator', inputs, outputs: picture as tf.SymbolicTensor });
}

/** BN, ReLU, doubling, convolution, BN, ReLU, convolution, and the doubled map itself added to it (1802.05957, figure 8b). */
function doublingBlock(
  map: tf.SymbolicTensor,
  filters: number,
  { convolution, mix }: ResidualLayers,
  oneHot: tf.SymbolicTensor | undefined,
): tf.SymbolicTensor {
  const first = convolution(doubled(relu(normalized(map, oneHot))), filters);
  const second = convolution(relu(normalized(first, oneHot)), filters);
  // A 1×1 convolution before the doubling gives what it would give after it, for a quarter of the work.
  return tf.layers.add().apply([second, doubled(mix(map, filters))]) as tf.SymbolicTensor;
}

function doubled(map: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.upSampling2d({ size: [2, 2] }).apply(map) as tf.SymbolicTensor;
}
