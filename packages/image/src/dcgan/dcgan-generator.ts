import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type Initializers, initializers, normalization, strides } from './dcgan-layers.js';

/** What the generator of a DCGAN is built from. */
export interface DcganGeneratorShape {
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
}

/**
 * The generator of DCGAN (1511.06434, section 3 and figure 1): a projection to a small map, then transposed convolutions of stride 2 with batch
 * normalisation and ReLU, the last with tanh and without normalisation. `[batch, latent]` to `[batch, size, size, channels]` in -1 … 1. Classes
 * are projected too, and added (1411.1784).
 */
export function dcganGenerator(
  { size, channels, width, kernelSize, latentDimensions, classes }: DcganGeneratorShape,
  random: Random,
): tf.LayersModel {
  const depth = strides(size);
  const base = size / 2 ** depth;
  const initial = initializers(random);
  const widest = width * 2 ** (depth - 1);

  const inputs = [tf.input({ shape: [latentDimensions] }), ...(classes ? [tf.input({ shape: [classes] })] : [])];
  const layers = [tf.layers.reshape({ targetShape: [base, base, widest] }), normalization(initial), tf.layers.reLU()];
  for (let layer = depth - 2; layer >= 0; layer--) {
    layers.push(upsampling(width * 2 ** layer, kernelSize, initial), normalization(initial), tf.layers.reLU());
  }
  layers.push(upsampling(channels, kernelSize, initial), tf.layers.activation({ activation: 'tanh' }));
  // One number of a one-hot class is to weigh as much, at first, as all numbers of a latent point.
  const projected = inputs.map((input, i) => {
    const kernelInitializer = initial.weights(i === 0 ? 1 : Math.sqrt(latentDimensions));
    return tf.layers.dense({ units: base * base * widest, useBias: false, kernelInitializer }).apply(input) as tf.SymbolicTensor;
  });
  const joined = projected.length > 1 ? (tf.layers.add().apply(projected) as tf.SymbolicTensor) : projected[0]!;
  const picture = layers.reduce((map, layer) => layer.apply(map) as tf.SymbolicTensor, joined);
  return tf.model({ name: 'generator', inputs, outputs: picture });
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
