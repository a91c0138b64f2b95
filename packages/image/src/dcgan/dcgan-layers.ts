import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** The sizes that doubling layers make from a first map of 4 to 7 on a side, from 16 to 128. */
export const DCGAN_SIZES: readonly number[] = [4, 5, 6, 7]
  .flatMap((base) => [2, 3, 4, 5].map((doublings) => base * 2 ** doublings))
  .filter((size) => size <= 128)
  .sort((a, b) => a - b);

/** How many strided layers lie between a picture of this size and a map of 4 to 7 on a side. */
export function strides(size: number): number {
  return Math.floor(Math.log2(size / 4));
}

/** All weights start from N(0, 0.02), gains of batch normalisation from N(1, 0.02), each layer with a seed of its own. */
export function initializers(random: Random) {
  const normal = (mean: number, stddev: number) => tf.initializers.randomNormal({ mean, stddev, seed: random.integer(2 ** 31) });
  return { weights: (times = 1) => normal(0, 0.02 * times), gains: () => normal(1, 0.02) };
}

export type Initializers = ReturnType<typeof initializers>;

export function normalization(initial: Initializers): tf.layers.Layer {
  // Moving statistics follow quickly (momentum 0.9): the weights they belong to change at every step.
  return tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, gammaInitializer: initial.gains() });
}

/** What keeps a network's layers in range. */
export type DcganNorm = 'batch' | 'spectral' | 'none';

/** A layer under spectral normalisation (1802.05957), where that is the norm. */
export function limited(layer: tf.layers.Layer, norm: DcganNorm): tf.layers.Layer {
  return norm === 'spectral' ? spectralNormalization(layer) : layer;
}

/** What the strided layers of a discriminator or an encoder are built from. */
export interface StridedShape {
  readonly size: number;
  readonly width: number;
  readonly kernelSize: number;
  readonly norm: DcganNorm;
}

/** Convolutions of stride 2 with leaky ReLU of slope 0.2, to a map of 4 to 7 on a side; batch normalisation in all but the first. */
export function stridedLayers(
  picture: tf.SymbolicTensor,
  { size, width, kernelSize, norm }: StridedShape,
  initial: Initializers,
): tf.SymbolicTensor {
  let map = picture;
  for (let layer = 0; layer < strides(size); layer++) {
    const convolution = tf.layers.conv2d({
      filters: width * 2 ** layer,
      kernelSize,
      strides: 2,
      padding: 'same',
      useBias: norm !== 'batch',
      kernelInitializer: initial.weights(),
    });
    map = limited(convolution, norm).apply(map) as tf.SymbolicTensor;
    if (layer > 0 && norm === 'batch') map = normalization(initial).apply(map) as tf.SymbolicTensor;
    map = tf.layers.leakyReLU({ alpha: 0.2 }).apply(map) as tf.SymbolicTensor;
  }
  return map;
}
