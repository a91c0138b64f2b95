import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** How large a generator's first weights are. */
export type FirstWeights = 'he' | 'glorot';

export type Initializer = ReturnType<typeof tf.initializers.randomNormal>;

/** How loud the sounds of first weights are, against maps of deviation 1: their tanh must not begin at its ends. */
const FIRST_LOUDNESS = 0.1;

/**
 * The first weights of each layer. 'he' (1502.01852, equation 10) keeps maps at the size of the latent point, so that points decide from the beginning
 * what is made. 'glorot' makes them smaller from layer to layer: then biases decide, all sounds are one for long, and it may stay so.
 */
export function firstWeights(kind: FirstWeights, random: Random): (fanIn: number, isLast?: boolean) => Initializer {
  return (fanIn, isLast = false) => {
    const seed = random.integer(2 ** 31);
    if (kind === 'glorot') return tf.initializers.glorotUniform({ seed });
    return tf.initializers.randomNormal({ stddev: Math.sqrt(2 / fanIn) * (isLast ? FIRST_LOUDNESS : 1), seed });
  };
}
