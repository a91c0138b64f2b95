import * as tf from '@tensorflow/tfjs';
import { END } from '../tokens/special-tokens.js';

/** A language model, as far as its likelihood is concerned. */
export interface LikelihoodModel {
  /** The log-probability (nats) of each token given those before it, `[batch, length]` from int32 `[batch, length]`. Borrows the tokens. */
  logProbabilities(tokens: tf.Tensor2D): tf.Tensor2D;
}

/** How likely a model finds texts. */
export interface TextLikelihood {
  /** Negative log-likelihood of a token, in nats: NLL-test on texts that were held out. */
  readonly nll: number;
  /** e to the {@link nll}: among how many equally likely tokens the model wavers. Depends on the kind of tokens. */
  readonly perplexity: number;
  /** How many tokens were counted. */
  readonly tokens: number;
}

/**
 * The likelihood of held-out texts. Each text's tokens count up to its first `END`, that one included; what fills the row after it does not.
 *
 * @param batches int32 `[batch, length]`, borrowed one after another
 * @throws if there is no text
 */
export async function textLikelihood(
  model: LikelihoodModel,
  batches: Iterable<tf.Tensor2D> | AsyncIterable<tf.Tensor2D>,
): Promise<TextLikelihood> {
  let [sum, tokens] = [0, 0];
  for await (const batch of batches) {
    const totals = tf.tidy(() => {
      const ended = tf.cast(tf.equal(batch, END), 'float32');
      // 1 up to and with the first end: no end came before this place.
      const counts = tf.cast(tf.equal(tf.cumsum(ended, 1, true), 0), 'float32');
      return tf.stack([tf.neg(tf.sum(tf.mul(counts, model.logProbabilities(batch)))), tf.sum(counts)]);
    });
    const [nll, count] = await totals.data();
    totals.dispose();
    sum += nll!;
    tokens += count!;
  }
  if (tokens === 0) throw new Error('textLikelihood: expected at least one text, got none');
  return { nll: sum / tokens, perplexity: Math.exp(sum / tokens), tokens };
}
