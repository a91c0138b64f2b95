import { ConditionalBatchNormalization, type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** The layers that residual networks are made of, each with first weights of its own. */
export interface ResidualLayers {
  /** A 3×3 convolution. Its weights start from Glorot's uniform distribution, √2 times as wide before a ReLU. */
  convolution(map: tf.SymbolicTensor, filters: number, gain?: number): tf.SymbolicTensor;
  /** A 1×1 convolution, for shortcuts and attention. */
  mix(map: tf.SymbolicTensor, filters: number, useBias?: boolean): tf.SymbolicTensor;
  dense(features: tf.SymbolicTensor, units: number, useBias?: boolean): tf.SymbolicTensor;
}

/** Layers of a network without a limit on its weights, or with every layer of them under spectral normalisation (1802.05957). */
export function residualLayers(random: Random, norm: 'none' | 'spectral'): ResidualLayers {
  const limit = (layer: tf.layers.Layer) => (norm === 'spectral' ? spectralNormalization(layer) : layer);
  const glorot = (gain = 1) =>
    tf.initializers.varianceScaling({
      scale: gain ** 2,
      mode: 'fanAvg',
      distribution: 'uniform',
      seed: random.integer(2 ** 31),
    });
  const applied = (layer: tf.layers.Layer, input: tf.SymbolicTensor) => limit(layer).apply(input) as tf.SymbolicTensor;
  return {
    convolution: (map, filters, gain = Math.SQRT2) =>
      applied(tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', kernelInitializer: glorot(gain) }), map),
    mix: (map, filters, useBias = true) =>
      applied(tf.layers.conv2d({ filters, kernelSize: 1, useBias, kernelInitializer: glorot() }), map),
    dense: (features, units, useBias = true) =>
      applied(tf.layers.dense({ units, useBias, kernelInitializer: glorot() }), features),
  };
}

export function relu(map: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.reLU().apply(map) as tf.SymbolicTensor;
}

/** What the gains and offsets of a normalisation depend on. */
export interface Modulation {
  /** Of each sample: its class, one-hot, or numbers, `[batch, n]`. */
  readonly told: tf.SymbolicTensor;
  readonly by: 'classes' | 'numbers';
}

/** Batch normalisation; by class or by numbers, where each sample is told of. */
export function normalized(map: tf.SymbolicTensor, modulation?: Modulation): tf.SymbolicTensor {
  // Moving statistics follow quickly (momentum 0.9): the weights they belong to change at every step.
  const settings = { momentum: 0.9, epsilon: 1e-5 };
  if (modulation) {
    const { told, by } = modulation;
    return new ConditionalBatchNormalization({ ...settings, by }).apply([map, told]) as tf.SymbolicTensor;
  }
  return tf.layers.batchNormalization(settings).apply(map) as tf.SymbolicTensor;
}
