import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { lstmCell } from '../language-models/recurrent-cells.js';

/** What the networks of a text VAE are built from. */
export interface TextVaeShape {
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  readonly latentDimensions: number;
  /** Dimensions of a token's embedding. */
  readonly embedding: number;
  /** Units of the LSTMs. */
  readonly hidden: number;
}

/** The encoder: an LSTM reads the text, its last output gives `[mean, logVariance]`, each `[batch, latent]`, of the point. From int32 `[batch, length]`. */
export function vaeEncoder(
  { vocabulary, length, latentDimensions, embedding, hidden }: TextVaeShape,
  random: Random,
): tf.LayersModel {
  const initial = initializers(random);
  const tokens = tf.input({ shape: [length], dtype: 'int32' });
  const embedded = tf.layers
    .embedding({ inputDim: vocabulary, outputDim: embedding, embeddingsInitializer: initial() })
    .apply(tokens);
  const read = tf.layers.lstm(recurrent(hidden, initial)).apply(embedded);
  const mean = tf.layers.dense({ units: latentDimensions, kernelInitializer: initial() }).apply(read);
  // Near 0 at first: the posterior begins as wide as the prior.
  const logVariance = tf.layers
    .dense({
      units: latentDimensions,
      kernelInitializer: tf.initializers.randomNormal({ stddev: 0.01, seed: random.integer(2 ** 31) }),
    })
    .apply(read);
  return tf.model({ name: 'encoder', inputs: tokens, outputs: [mean, logVariance] as tf.SymbolicTensor[] });
}

/** The decoder of a text VAE, and how it goes from one token to the next. */
export interface VaeDecoder {
  /** `[points [batch, latent], tokens before each place, int32 [batch, length]]` to logits `[batch, length, vocabulary]`. */
  readonly model: tf.LayersModel;
  /** The state at a point, before the first token. */
  start(points: tf.Tensor2D): tf.Tensor2D[];
  /** Reads one token per row, int32 `[rows]`: the logits `[rows, vocabulary]` of the next one, and the state after it. */
  step(state: readonly tf.Tensor2D[], tokens: tf.Tensor1D): { readonly logits: tf.Tensor2D; readonly state: tf.Tensor2D[] };
}

/** The decoder: an LSTM whose first state comes from the latent point. */
export function vaeDecoder(
  { vocabulary, length, latentDimensions, embedding, hidden }: TextVaeShape,
  random: Random,
): VaeDecoder {
  const initial = initializers(random);
  const point = tf.input({ shape: [latentDimensions] });
  const before = tf.input({ shape: [length], dtype: 'int32' });
  const states = ['output', 'memory'].map(() =>
    tf.layers.dense({ units: hidden, activation: 'tanh', kernelInitializer: initial() }),
  );
  const table = tf.layers.embedding({ inputDim: vocabulary, outputDim: embedding, embeddingsInitializer: initial() });
  const lstm = tf.layers.lstm({ ...recurrent(hidden, initial), returnSequences: true });
  const output = tf.layers.dense({ units: vocabulary, kernelInitializer: initial() });
  const initialState = states.map((layer) => layer.apply(point) as tf.SymbolicTensor);
  const read = lstm.apply(table.apply(before) as tf.SymbolicTensor, { initialState });
  const model = tf.model({ name: 'decoder', inputs: [point, before], outputs: output.apply(read) as tf.SymbolicTensor });

  const weights = (layer: { readonly weights: tf.LayersModel['weights'] }) => layer.weights.map((weight) => weight.read());
  return {
    model,
    start: (points) => states.map((layer) => layer.apply(points) as tf.Tensor2D),
    step(state, tokens) {
      const [embeddings] = weights(table);
      const [kernel, recurrentKernel, bias] = weights(lstm);
      const projected = tf.add(
        tf.matMul(tf.gather(embeddings!, tokens) as tf.Tensor2D, kernel as tf.Tensor2D),
        bias!,
      ) as tf.Tensor2D;
      const next = lstmCell.prepare(recurrentKernel as tf.Tensor2D)(projected, state) as tf.Tensor2D[];
      return { logits: output.apply(next[0]!) as tf.Tensor2D, state: next };
    },
  };
}

type Initializer = () => ReturnType<typeof tf.initializers.glorotNormal>;

function recurrent(units: number, initial: Initializer) {
  return { units, recurrentActivation: 'sigmoid', kernelInitializer: initial(), recurrentInitializer: initial() } as const;
}

function initializers(random: Random): Initializer {
  return () => tf.initializers.glorotNormal({ seed: random.integer(2 ** 31) });
}
