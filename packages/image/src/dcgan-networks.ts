import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What the two networks of a DCGAN are built from. */
export interface DcganShape {
  /** Height and width of the pictures. */
  readonly size: number;
  readonly channels: number;
  /** Channels of the layer next to the picture; each layer further in has twice as many. */
  readonly width: number;
  /** Height and width of the filters. */
  readonly kernelSize: number;
  /** What keeps the discriminator's layers in range. */
  readonly discriminatorNorm: 'batch' | 'spectral' | 'none';
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
  /** How many classes the networks are told of; none by default. */
  readonly classes?: number | undefined;
}

/** The sizes that doubling layers make from a first map of 4 to 7 on a side, from 16 to 128. */
export const DCGAN_SIZES: readonly number[] = [4, 5, 6, 7]
  .flatMap((base) => [2, 3, 4, 5].map((doublings) => base * 2 ** doublings))
  .filter((size) => size <= 128)
  .sort((a, b) => a - b);

/** How many strided layers lie between a picture of this size and a map of 4 to 7 on a side. */
function strides(size: number): number {
  return Math.floor(Math.log2(size / 4));
}

/**
 * The generator of DCGAN (1511.06434, section 3 and figure 1): a projection to a small map, then transposed convolutions of stride 2 with batch
 * normalisation and ReLU, the last with tanh and without normalisation. `[batch, latent]` to `[batch, size, size, channels]` in -1 … 1. Classes
 * are projected too, and added (1411.1784).
 */
export function dcganGenerator(
  { size, channels, width, kernelSize, latentDimensions, classes }: DcganShape,
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

/**
 * The discriminator of DCGAN: convolutions of stride 2 with leaky ReLU of slope 0.2, batch normalisation in all but the first, and one linear
 * score. Or, instead of batch normalisation, spectral normalisation in all of them (1802.05957), or none. `[batch, size, size, channels]` to `[score, features]`: logits `[batch, 1]` and the last map, flattened. A class adds to
 * the score how far the last map, summed over its places, lies along a direction of that class (projection, 1802.05637, equation 3).
 */
export function dcganDiscriminator(
  { size, channels, width, kernelSize, discriminatorNorm, classes }: DcganShape,
  random: Random,
): tf.LayersModel {
  const initial = initializers(random);
  const limited = (layer: tf.layers.Layer) => (discriminatorNorm === 'spectral' ? spectralNormalization(layer) : layer);
  const picture = tf.input({ shape: [size, size, channels] });
  let map: tf.SymbolicTensor = picture;
  for (let layer = 0; layer < strides(size); layer++) {
    const convolution = tf.layers.conv2d({
      filters: width * 2 ** layer,
      kernelSize,
      strides: 2,
      padding: 'same',
      useBias: discriminatorNorm !== 'batch',
      kernelInitializer: initial.weights(),
    });
    map = limited(convolution).apply(map) as tf.SymbolicTensor;
    if (layer > 0 && discriminatorNorm === 'batch') map = normalization(initial).apply(map) as tf.SymbolicTensor;
    map = tf.layers.leakyReLU({ alpha: 0.2 }).apply(map) as tf.SymbolicTensor;
  }
  const features = tf.layers.flatten().apply(map) as tf.SymbolicTensor;
  const judge = limited(tf.layers.dense({ units: 1, kernelInitializer: initial.weights() }));
  const score = judge.apply(features) as tf.SymbolicTensor;
  if (!classes) return tf.model({ name: 'discriminator', inputs: picture, outputs: [score, features] });
  const oneHot = tf.input({ shape: [classes] });
  const [, height, width_, units] = map.shape as [null, number, number, number];
  const directions = tf.layers.dense({ units, useBias: false, kernelInitializer: initial.weights() });
  const direction = limited(directions).apply(oneHot) as tf.SymbolicTensor;
  const everywhere = tf.layers.repeatVector({ n: height * width_ }).apply(direction);
  const along = tf.layers
    .dot({ axes: 1 })
    .apply([features, tf.layers.flatten().apply(everywhere) as tf.SymbolicTensor]) as tf.SymbolicTensor;
  const told = tf.layers.add().apply([score, along]) as tf.SymbolicTensor;
  return tf.model({ name: 'discriminator', inputs: [picture, oneHot], outputs: [told, features] });
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

function normalization(initial: Initializers): tf.layers.Layer {
  // Moving statistics follow quickly (momentum 0.9): the weights they belong to change at every step.
  return tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, gammaInitializer: initial.gains() });
}

type Initializers = ReturnType<typeof initializers>;

/** All weights start from N(0, 0.02), gains of batch normalisation from N(1, 0.02), each layer with a seed of its own. */
function initializers(random: Random) {
  const normal = (mean: number, stddev: number) => tf.initializers.randomNormal({ mean, stddev, seed: random.integer(2 ** 31) });
  return { weights: (times = 1) => normal(0, 0.02 * times), gains: () => normal(1, 0.02) };
}
