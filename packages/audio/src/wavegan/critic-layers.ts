import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { MinibatchDeviation } from '../layers/minibatch-deviation.js';

/** What keeps the maps of a critic in range. */
export type CriticNorm = 'none' | 'batch' | 'spectral';

/** What all critics of a discriminator have in common. */
export interface CriticStyle {
  readonly discriminatorNorm: CriticNorm;
  /** Whether the score sees how much the samples of a batch differ. Default: under spectral normalisation. */
  readonly minibatchDeviation?: boolean | undefined;
}

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
  /**
   * The score of features, `[batch, 1]`. A class is judged by projection (Miyato & Koyama 2018, arXiv 1802.05637, equation 3): the score is increased by
   * the product of the features and a vector that is learnt for the class. @param label one-hot
   */
  score(features: tf.SymbolicTensor, label?: tf.SymbolicTensor): tf.SymbolicTensor;
}

/** All weights start from Glorot's uniform distribution, each layer with a seed of its own. */
export function criticLayers(
  { discriminatorNorm: norm, minibatchDeviation = norm === 'spectral' }: CriticStyle,
  random: Random,
): CriticLayers {
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
    score(features, label) {
      const judged = minibatchDeviation ? (new MinibatchDeviation().apply(features) as tf.SymbolicTensor) : features;
      const score = limited(tf.layers.dense({ units: 1, kernelInitializer: initial() })).apply(judged) as tf.SymbolicTensor;
      if (!label) return score;
      const vectors = limited(tf.layers.dense({ units: features.shape[1]!, useBias: false, kernelInitializer: initial() }));
      const worth = tf.layers.dot({ axes: 1 }).apply([vectors.apply(label) as tf.SymbolicTensor, features]);
      return tf.layers.add().apply([score, worth as tf.SymbolicTensor]) as tf.SymbolicTensor;
    },
  };
}
