import * as tf from '@tensorflow/tfjs';
import { variablesOf } from '../language-models/network-layers.js';
import type { TokenNetwork } from '../language-models/token-network.js';

/**
 * Moves a roll-out policy after the generator: each weight keeps the share `lag` of itself and takes the rest from the generator. Embeddings are
 * taken over whole, as in SeqGAN's released code. A lag of 0 is a copy.
 */
export function followWeights(rollOut: TokenNetwork, generator: TokenNetwork, lag: number): void {
  tf.tidy(() => {
    const sources = variablesOf(generator.model);
    variablesOf(rollOut.model).forEach((variable, i) => {
      const kept = i === 0 ? 0 : lag;
      variable.assign(kept === 0 ? tf.clone(sources[i]!) : tf.add(tf.mul(variable, kept), tf.mul(sources[i]!, 1 - kept)));
    });
  });
}
