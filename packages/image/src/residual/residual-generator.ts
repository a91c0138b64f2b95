import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { ConditionOptions } from '../conditioning/conditioning.js';
import { besidePicture, mapsOfPicture } from '../conditioning/maps-of-picture.js';
import { selfAttention } from '../layers/self-attention.js';
import { type Modulation, normalized, type ResidualLayers, relu, residualLayers } from './residual-layers.js';
import { type ResidualWidths, residualPlan } from './residual-plan.js';

/** What the generator of a residual GAN is built from. */
export interface ResidualGeneratorShape extends ConditionOptions {
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
  /** Whether latent points move gains and offsets too. */
  readonly selfModulation: boolean;
}

/**
 * The residual generator of 1802.05957 (tables 4 to 6): a projection to a small map, blocks that double it, batch normalisation, ReLU, a convolution
 * and tanh. `[batch, latent]` to `[batch, size, size, channels]` in -1 … 1. Classes choose the gains and offsets of the normalisations inside the
 * blocks (1802.05637), and attributes move them, as latent points may do as well (1810.01365); of a picture that it makes others from, it sees each map beside its own (1611.07004).
 */
export function residualGenerator(
  {
    size,
    channels,
    width,
    widths,
    attention,
    latentDimensions,
    selfModulation,
    classes,
    attributes,
    fromChannels,
  }: ResidualGeneratorShape,
  random: Random,
): tf.LayersModel {
  const { side, filters, blocks } = residualPlan(size, width, widths).generator;
  const layers = residualLayers(random, 'none');
  const latent = tf.input({ shape: [latentDimensions] });
  const vectors = [...(classes ? [classes] : []), ...(attributes ? [attributes] : [])].map((length) =>
    tf.input({ shape: [length] }),
  );
  const modulation = modulationBy(
    selfModulation ? [latent, ...vectors] : vectors,
    { isOneHot: !(attributes || selfModulation) },
    layers,
  );
  const from = fromChannels ? tf.input({ shape: [size, size, fromChannels] }) : undefined;
  const seen = from && mapsOfPicture(from, { width, smallest: side }, random.split('seen'));
  const projected = layers.dense(latent, side * side * filters);
  let map = tf.layers.reshape({ targetShape: [side, side, filters] }).apply(projected) as tf.SymbolicTensor;
  for (const block of blocks) {
    map = doublingBlock(besidePicture(map, seen), block.filters, layers, modulation);
    if (block.side === attention) map = selfAttention(map, random);
  }
  const picture = tf.layers
    .activation({ activation: 'tanh' })
    .apply(layers.convolution(relu(normalized(besidePicture(map, seen))), channels, 1));
  const inputs = [latent, ...vectors, ...(from ? [from] : [])];
  return tf.model({ name: 'generator', inputs, outputs: picture as tf.SymbolicTensor });
}

/** Numbers of a hidden layer that attributes and latent points go through, so that what they do need not be linear. */
const HIDDEN_UNITS = 64;

/** What vectors that samples are told by, `[batch, n]` each, do to normalisations; undefined where there is none. */
function modulationBy(
  vectors: readonly tf.SymbolicTensor[],
  { isOneHot }: { readonly isOneHot: boolean },
  { dense }: ResidualLayers,
): Modulation | undefined {
  if (vectors.length === 0) return undefined;
  const told = vectors.length > 1 ? (tf.layers.concatenate().apply([...vectors]) as tf.SymbolicTensor) : vectors[0]!;
  return isOneHot ? { told, by: 'classes' } : { told: relu(dense(told, HIDDEN_UNITS)), by: 'numbers' };
}

/** BN, ReLU, doubling, convolution, BN, ReLU, convolution, and the doubled map itself added to it (1802.05957, figure 8b). */
function doublingBlock(
  map: tf.SymbolicTensor,
  filters: number,
  { convolution, mix }: ResidualLayers,
  modulation: Modulation | undefined,
): tf.SymbolicTensor {
  const first = convolution(doubled(relu(normalized(map, modulation))), filters);
  const second = convolution(relu(normalized(first, modulation)), filters);
  // A 1×1 convolution before the doubling gives what it would give after it, for a quarter of the work.
  return tf.layers.add().apply([second, doubled(mix(map, filters))]) as tf.SymbolicTensor;
}

function doubled(map: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.upSampling2d({ size: [2, 2] }).apply(map) as tf.SymbolicTensor;
}
