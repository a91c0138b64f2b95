import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type FirstWeights, firstWeights, type Initializer } from './first-weights.js';
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
  readonly initialWeights: FirstWeights;
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
  const {
    length,
    channels,
    width,
    kernelSize,
    generatorNorm,
    upsampling,
    initialWeights,
    postFilter,
    latentDimensions,
    classes,
  } = shape;
  const { layers, shortest } = waveLayers(length);
  const initial = firstWeights(initialWeights, random);
  const activated = (map: tf.SymbolicTensor) => {
    const kept =
      generatorNorm === 'batch' ? (tf.layers.batchNormalization({ momentum: 0.9 }).apply(map) as tf.SymbolicTensor) : map;
    return tf.layers.reLU().apply(kept) as tf.SymbolicTensor;
  };

  const point = tf.input({ shape: [latentDimensions] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  const drawn = label ? (tf.layers.concatenate().apply([point, label]) as tf.SymbolicTensor) : point;
  const deepest = width * layers.at(-1)!.channels;
  const projected = tf.layers.dense({ units: shortest * deepest, kernelInitializer: initial(latentDimensions) }).apply(drawn);
  // Of height 1: there is no transposed convolution of one dimension in TensorFlow.js.
  let map = tf.layers.reshape({ targetShape: [1, shortest, deepest] }).apply(projected) as tf.SymbolicTensor;
  layers.forEach(({ stride }, place) => {
    const isLast = place === layers.length - 1;
    const filters = isLast ? channels : width * layers[layers.length - 2 - place]!.channels;
    const kernelInitializer = initial((map.shape.at(-1)! * kernelSize) / (upsampling === 'transposed' ? stride : 1), isLast);
    map = lengthened(activated(map), { filters, kernelSize, stride, upsampling, kernelInitializer });
  });
  let sound = tf.layers.activation({ activation: 'tanh' }).apply(map) as tf.SymbolicTensor;
  sound = tf.layers.reshape({ targetShape: [length, channels] }).apply(sound) as tf.SymbolicTensor;
  if (postFilter > 0) {
    const filter = { filters: channels, kernelSize: postFilter, padding: 'same', useBias: false } as const;
    const kernelInitializer = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
    sound = tf.layers.conv1d({ ...filter, kernelInitializer }).apply(sound) as tf.SymbolicTensor;
  }
  return tf.model({ name: 'generator', inputs: label ? [point, label] : point, outputs: sound });
}

interface Lengthening extends Pick<WaveGeneratorShape, 'kernelSize' | 'upsampling'> {
  readonly filters: number;
  readonly stride: number;
  readonly kernelInitializer: Initializer;
}

/** A map `stride` times as long: in one with the convolution, or by repetition or interpolation before it (1802.04208, section 2.2 and figure 8). */
function lengthened(map: tf.SymbolicTensor, { kernelSize, stride, upsampling, ...rest }: Lengthening): tf.SymbolicTensor {
  const convolution = { ...rest, kernelSize: [1, kernelSize] as [number, number], padding: 'same' as const };
  if (upsampling === 'transposed') {
    return tf.layers.conv2dTranspose({ ...convolution, strides: [1, stride] }).apply(map) as tf.SymbolicTensor;
  }
  const interpolation = upsampling === 'linear' ? 'bilinear' : 'nearest';
  const longer = tf.layers.upSampling2d({ size: [1, stride], interpolation }).apply(map);
  return tf.layers.conv2d(convolution).apply(longer) as tf.SymbolicTensor;
}
