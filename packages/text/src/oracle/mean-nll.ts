import * as tf from '@tensorflow/tfjs';
import { rowLogProbabilities } from '../language-models/likelihood-update.js';
import type { TokenNetwork } from '../language-models/token-network.js';

/**
 * The mean negative log-likelihood of a token under a network, in nats. Every place of a row counts. Takes over the pieces, int32 `[n, length]`.
 *
 * With samples of a generator and the oracle as the network it is NLL-oracle (1609.05473, equation 9, per token); with rows of the oracle and the generator
 * as the network, NLL-test.
 */
export async function meanNll(network: TokenNetwork, pieces: AsyncIterable<tf.Tensor> | Iterable<tf.Tensor>): Promise<number> {
  let [sum, tokens] = [0, 0];
  for await (const piece of pieces) {
    const total = tf.tidy(() => tf.sum(rowLogProbabilities(network, piece as tf.Tensor2D)));
    sum -= (await total.data())[0]!;
    tokens += piece.size;
    tf.dispose([total, piece]);
  }
  return sum / tokens;
}
