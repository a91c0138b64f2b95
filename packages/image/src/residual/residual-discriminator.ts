import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type ConditionedShape, discriminatorInputs, judgement } from '../conditioning/discriminator-ends.js';
import { selfAttention } from '../layers/self-attention.js';
import { sumOverPlaces } from '../layers/sum-over-places.js';
import { type ResidualLayers, relu, residualLayers } from './residual-layers.js';
import { type DiscriminatorBlock, type ResidualWidths, residualPlan } from './residual-plan.js';

/** What the discriminator of a residual GAN is built from. */
export interface ResidualDiscriminatorShape extends ConditionedShape {
  /** Channels of the first block. */
  readonly width: number;
  /** How the channels of the others follow. */
  readonly widths: ResidualWidths;
  /** Height and width of the map in which every place attends to all others; none by default. */
  readonly attention?: number | undefined;
}

/**
 * The residual discriminator of 1802.05957 (tables 4 to 6), every layer under spectral normalisation: blocks that halve the map, ReLU, the sum over
 * all places, and one linear score. `[batch, size, size, channels]` to `[score, features]`: logits `[batch, 1]` and that sum, `[batch, n]`. Classes are
 * judged as `conditioning` says.
 */
export function residualDiscriminator(shape: ResidualDiscriminatorShape, random: Random): tf.LayersModel {
  const { size, width, widths, attention } = shape;
  const layers = residualLayers(random, 'spectral');
  const inputs = discriminatorInputs(shape);
  let map = inputs.seen;
  for (const [i, block] of residualPlan(size, width, widths).discriminator.entries()) {
    map = i === 0 ? firstBlock(map, block, layers) : laterBlock(map, block, layers);
    if (block.halves && block.side === attention) map = selfAttention(map, random);
  }
  const features = sumOverPlaces(relu(map));
  return judgement(inputs, { features, summed: () => features, dense: layers.dense });
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
