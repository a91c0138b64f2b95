import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type ConditionedShape, discriminatorInputs, judgement } from '../conditioning/discriminator-ends.js';
import { sumOverPlaces } from '../layers/sum-over-places.js';
import { type DcganNorm, initializers, limited, stridedLayers } from './dcgan-layers.js';

/** What the discriminator of a DCGAN is built from. */
export interface DcganDiscriminatorShape extends ConditionedShape {
  /** Channels of the layer next to the picture; each layer further in has twice as many. */
  readonly width: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  /** What keeps the layers in range. */
  readonly discriminatorNorm: DcganNorm;
}

/**
 * The discriminator of DCGAN: convolutions of stride 2 with leaky ReLU of slope 0.2, batch normalisation in all but the first, and one linear
 * score. Or, instead of batch normalisation, spectral normalisation in all of them (1802.05957), or none. `[batch, size, size, channels]` to
 * `[score, features]`: logits `[batch, 1]` and the last map, flattened. Classes are judged as `conditioning` says; for projection the last map is
 * summed over its places.
 */
export function dcganDiscriminator(shape: DcganDiscriminatorShape, random: Random): tf.LayersModel {
  const { discriminatorNorm: norm } = shape;
  const initial = initializers(random);
  const inputs = discriminatorInputs(shape);
  const map = stridedLayers(inputs.seen, { ...shape, norm }, initial);
  return judgement(inputs, {
    features: tf.layers.flatten().apply(map) as tf.SymbolicTensor,
    summed: () => sumOverPlaces(map),
    dense: (input, units, useBias = true) => {
      const layer = tf.layers.dense({ units, useBias, kernelInitializer: initial.weights() });
      return limited(layer, norm).apply(input) as tf.SymbolicTensor;
    },
  });
}
