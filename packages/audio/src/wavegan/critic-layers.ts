import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** What keeps the maps of a critic in range. */
export type CriticNorm = 'none' | 'batch' | 'spectral';

/** A layer with weights that start as they are told. */
type MakeLayer = (initial: {
  kernelInitializer: ReturnType<typeof tf.initializers.glorotUniform>;
  useBias: boolean;
}) => tf.layers.Layer;

/** The layers that all critics are made of. */
export interface CriticLayers {
  /** Applies a convolution, and what normalises it. @param place its number from the sound; the first has no batch normalisation */
  convolution(map: tf.SymbolicTensor, make: MakeLayer, place: number): tf.SymbolicTensor;
  /** Leaky ReLU of slope 0.2. */
  leaky(map: tf.SymbolicTensor): tf.SymbolicTensor;
  /** Weights without a map: the score, and what a class is worth. */
  dense(input: tf.SymbolicTensor, units: number, useBias?: boolean): tf.SymbolicTensor;
}

/** All weights start from Glorot's uniform distribution, each layer with a seed of its own. */
export function criticLayers(norm: CriticNorm, random: Random): CriticLayers {
  const initial = () => tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  const limited = (layer: tf.layers.Layer) => (norm === 'spectral' ? spectralNormalization(layer) : layer);
  return {
    convolution(map, make, place) {
      const isNormalized = norm === 'batch' && place > 0;
      const layer = make({ kernelInitializer: initial(), useBias: !isNormalized });
      const made = limited(layer).apply(map) as tf.SymbolicTensor;
      return isNormalized ? (tf.layers.batchNormalization({ momentum: 0.9 }).apply(made) as tf.SymbolicTensor) : made;
    },
    leaky: (map) => tf.layers.leakyReLU({ alpha: 0.2 }).apply(map) as tf.SymbolicTensor,
    dense: (input, units, useBias = true) =>
      limited(tf.layers.dense({ units, useBias, kernelInitializer: initial() })).apply(input) as tf.SymbolicTensor,
  };
}
