import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { waveLayers } from './wave-layers.js';

/** What the generator of a WaveGAN is built from. */
export interface WaveGeneratorShape {
  /** Samples of a sound. */
  readonly length: number;
  readonly channels: number;
  /** Channels of the layer next to the sound; each layer further in has twice as many. */
  readonly width: number;
  /** Length of the filters. */
  readonly kernelSize: number;
  readonly generatorNorm: 'none' | 'batch';
  readonly upsampling: 'transposed' | 'nearest' | 'linear';
  /** Length of the filter behind the tanh; 0 for none. */
  readonly postFilter: number;
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
  /** How many classes the networks are told of; none by default. */
  readonly classes?: number | undefined;
}

/**
 * The generator of WaveGAN (1802.04208, table 3): a projection to a short map, then layers that make it two or four times as long, ReLU between them
 * and tanh at the end. `[batch, latent]`, of models with classes with one-hot `[batch, classes]` beside it, to `[batch, length, channels]`.
 *
 * A class enters as a vector of its own that is added where the latent point is projected.
 */
export function waveGenerator(shape: WaveGeneratorShape, random: Random): tf.LayersModel {
  const { length, channels, width, kernelSize, generatorNorm, upsampling, postFilter, latentDimensions, classes } = shape;
  const { layers, shortest } = waveLayers(length);
  const initial = () => tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  const activated = (map: tf.SymbolicTensor) => {
    const kept =
      generatorNorm === 'batch' ? (tf.layers.batchNormalization({ momentum: 0.9 }).apply(map) as tf.SymbolicTensor) : map;
    return tf.layers.reLU().apply(kept) as tf.SymbolicTensor;
  };

  const point = tf.input({ shape: [latentDimensions] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  const drawn = label ? (tf.layers.concatenate().apply([point, label]) as tf.SymbolicTensor) : point;
  const deepest = width * layers.at(-1)!.channels;
  const projected = tf.layers.dense({ units: shortest * deepest, kernelInitializer: initial() }).apply(drawn);
  // Of height 1: there is no transposed convolution of one dimension in TensorFlow.js.
  let map = tf.layers.reshape({ targetShape: [1, shortest, deepest] }).apply(projected) as tf.SymbolicTensor;
  layers.forEach(({ stride }, place) => {
    const filters = place === layers.length - 1 ? channels : width * layers[layers.length - 2 - place]!.channels;
    const upsample = upsampler({ filters, kernelSize, stride, upsampling, initial });
    map = upsample(activated(map));
  });
  let sound = tf.layers.activation({ activation: 'tanh' }).apply(map) as tf.SymbolicTensor;
  sound = tf.layers.reshape({ targetShape: [length, channels] }).apply(sound) as tf.SymbolicTensor;
  if (postFilter > 0) {
    const filter = { filters: channels, kernelSize: postFilter, padding: 'same', useBias: false } as const;
    sound = tf.layers.conv1d({ ...filter, kernelInitializer: initial() }).apply(sound) as tf.SymbolicTensor;
  }
  return tf.model({ name: 'generator', inputs: label ? [point, label] : point, outputs: sound });
}

interface Upsampling extends Pick<WaveGeneratorShape, 'kernelSize' | 'upsampling'> {
  readonly filters: number;
  readonly stride: number;
  readonly initial: () => ReturnType<typeof tf.initializers.glorotUniform>;
}

/** Makes a map `stride` times as long: in one with the convolution, or by repetition or interpolation before it (1802.04208, section 2.2 and figure 8). */
function upsampler({
  filters,
  kernelSize,
  stride,
  upsampling,
  initial,
}: Upsampling): (map: tf.SymbolicTensor) => tf.SymbolicTensor {
  const convolution = { filters, kernelSize: [1, kernelSize], padding: 'same', kernelInitializer: initial() } as const;
  if (upsampling === 'transposed') {
    const transposed = tf.layers.conv2dTranspose({ ...convolution, kernelSize: [1, kernelSize], strides: [1, stride] });
    return (map) => transposed.apply(map) as tf.SymbolicTensor;
  }
  const longer = tf.layers.upSampling2d({ size: [1, stride], interpolation: upsampling === 'linear' ? 'bilinear' : 'nearest' });
  const filter = tf.layers.conv2d({ ...convolution, kernelSize: [1, kernelSize] });
  return (map) => filter.apply(longer.apply(map)) as tf.SymbolicTensor;
}
