import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { ConditionOptions } from '../conditioning/conditioning.js';
import { besidePicture, mapsOfPicture } from '../conditioning/maps-of-picture.js';
import { type Initializers, initializers, normalization, strides } from './dcgan-layers.js';

/** What the generator of a DCGAN is built from. */
export interface DcganGeneratorShape extends ConditionOptions {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  /** Channels of the layer next to the picture; each layer further in has twice as many. */
  readonly width: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
}

/**
 * The generator of DCGAN (1511.06434, section 3 and figure 1): a projection to a small map, then transposed convolutions of stride 2 with batch
 * normalisation and ReLU, the last with tanh and without normalisation. `[batch, latent]` to `[batch, size, size, channels]` in -1 … 1. Classes
 * and attributes are projected too, and added (1411.1784); of a picture that it makes others from, it sees each map beside its own (1611.07004).
 */
export function dcganGenerator(
  { size, channels, width, kernelSize, latentDimensions, classes, attributes, fromChannels }: DcganGeneratorShape,
  random: Random,
): tf.LayersModel {
  const depth = strides(size);
  const base = size / 2 ** depth;
  const initial = initializers(random);
  const widest = width * 2 ** (depth - 1);

  // One number of a one-hot class is to weigh as much, at first, as all numbers of a latent point, and so are all attributes together.
  const vectors = [
    { length: latentDimensions, times: 1 },
    ...(classes ? [{ length: classes, times: Math.sqrt(latentDimensions) }] : []),
    ...(attributes ? [{ length: attributes, times: Math.sqrt(latentDimensions / attributes) }] : []),
  ];
  const inputs = vectors.map(({ length }) => tf.input({ shape: [length] }));
  const from = fromChannels ? tf.input({ shape: [size, size, fromChannels] }) : undefined;
  const seen = from && mapsOfPicture(from, { width, smallest: base }, random.split('seen'));
  const activated = (layer: tf.layers.Layer) => [layer, normalization(initial), tf.layers.reLU()];
  const stages = [activated(tf.layers.reshape({ targetShape: [base, base, widest] }))];
  for (let layer = depth - 2; layer >= 0; layer--) stages.push(activated(upsampling(width * 2 ** layer, kernelSize, initial)));
  stages.push([upsampling(channels, kernelSize, initial), tf.layers.activation({ activation: 'tanh' })]);
  const projected = inputs.map((input, i) => {
    const kernelInitializer = initial.weights(vectors[i]!.times);
    return tf.layers.dense({ units: base * base * widest, useBias: false, kernelInitializer }).apply(input) as tf.SymbolicTensor;
  });
  const joined = projected.length > 1 ? (tf.layers.add().apply(projected) as tf.SymbolicTensor) : projected[0]!;
  const picture = stages.reduce((map, stage, i) => applied(stage, i === 0 ? map : besidePicture(map, seen)), joined);
  return tf.model({ name: 'generator', inputs: from ? [...inputs, from] : inputs, outputs: picture });
}

function applied(layers: readonly tf.layers.Layer[], map: tf.SymbolicTensor): tf.SymbolicTensor {
  return layers.reduce((before, layer) => layer.apply(before) as tf.SymbolicTensor, map);
}

function upsampling(filters: number, kernelSize: number, initial: Initializers): tf.layers.Layer {
  return tf.layers.conv2dTranspose({
    filters,
    kernelSize,
    strides: 2,
    padding: 'same',
    useBias: false,
    kernelInitializer: initial.weights(),
  });
}
