import * as tf from '@tensorflow/tfjs';
import type { TokenNetworkOptions } from './token-network.js';

/** The first layers of every network of tokens: rows of tokens, and their embeddings `[batch, length, embedding]`. */
export function tokenInput({ vocabulary, length, embedding }: Pick<TokenNetworkOptions, 'vocabulary' | 'length' | 'embedding'>): {
  readonly input: tf.SymbolicTensor;
  readonly embedding: tf.layers.Layer;
  readonly embedded: tf.SymbolicTensor;
} {
  const input = tf.input({ shape: [length], dtype: 'int32' });
  const layer = tf.layers.embedding({ inputDim: vocabulary, outputDim: embedding, embeddingsInitializer: 'zeros' });
  return { input, embedding: layer, embedded: layer.apply(input) as tf.SymbolicTensor };
}

/** The variables behind a layer's weights. */
export function variablesOf(layer: { readonly weights: tf.LayersModel['weights'] }): tf.Variable[] {
  return layer.weights.map((weight) => weight.read() as tf.Variable);
}

/** The embeddings of rows of tokens `[batch, length]`, time-major: `[length × batch, embedding]`. */
export function embeddedRows(table: tf.Tensor, tokens: tf.Tensor2D): tf.Tensor2D {
  return tf.gather(table, tf.reshape(tf.transpose(tokens), [tokens.size])) as tf.Tensor2D;
}
