import { type Random, spectralNormalization } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { AttentionSum } from './attention-sum.js';
import { LearnedShare } from './learned-share.js';

/** How many times narrower than the map the vectors are that places are compared by (1805.08318, section 3). */
const NARROWING = 8;

/**
 * Lets every place of a map look at all others (SAGAN, Zhang et al. 2018, arXiv 1805.08318, equations 1 to 3): each place gets a mean of what all places
 * hold, weighed by how alike they are, through 1×1 convolutions under spectral normalisation. A learned share of it, 0 at first, is added to the
 * map. `[batch, height, width, channels]` to the same shape.
 */
export function selfAttention(map: tf.SymbolicTensor, random: Random): tf.SymbolicTensor {
  const channels = map.shape.at(-1)!;
  const mixed = (input: tf.SymbolicTensor, filters: number) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
    const layer = tf.layers.conv2d({ filters, kernelSize: 1, useBias: false, kernelInitializer });
    return spectralNormalization(layer).apply(input) as tf.SymbolicTensor;
  };
  const narrow = Math.max(1, Math.floor(channels / NARROWING));
  const [keys, queries, values] = [mixed(map, narrow), mixed(map, narrow), mixed(map, narrow)];
  const seen = new AttentionSum({}).apply([queries, keys, values]) as tf.SymbolicTensor;
  return new LearnedShare({}).apply([map, mixed(seen, channels)]) as tf.SymbolicTensor;
}
