import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { StraightThrough } from './straight-through.js';
import { TokenDecoder } from './token-decoder.js';

/** What the networks of a latent text model are built from. */
export interface TextNetworkShape {
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  /** Dimensions of the latent space. */
  readonly latentDimensions: number;
  /** Channels of the convolutions. */
  readonly width: number;
  /** Residual blocks of two convolutions each. */
  readonly blocks: number;
  /** Tokens that a convolution looks at. */
  readonly kernelSize: number;
  /** How many classes texts have; without it, none. */
  readonly classes?: number | undefined;
}

/** The name of the layer whose output are the logits of the generator's tokens. */
export const LOGITS = 'logits';

/** The ways to write a text from a point: token after token, or all places at once. */
export type TextGeneratorKind = 'recurrent' | 'convolutional';

/** The generator, in one of two ways: `[batch, latent]`, and one-hot labels where there are classes, to one-hot `[batch, length, vocabulary]`. */
export function textGenerator(kind: TextGeneratorKind, shape: TextNetworkShape, random: Random): tf.LayersModel {
  return kind === 'recurrent' ? recurrentGenerator(shape, random) : convolutionalGenerator(shape, random);
}

/** A {@link TokenDecoder} as a network. */
function recurrentGenerator(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const { vocabulary, length, width } = shape;
  const { inputs, told } = generatorInputs(shape);
  const decoder = new TokenDecoder({ vocabulary, length, units: width, seed: random.integer(2 ** 31), name: 'tokens' });
  return tf.model({ name: 'generator', inputs, outputs: decoder.apply(told) as tf.SymbolicTensor });
}

function convolutionalGenerator(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const { inputs, logits } = convolutionalWriter(shape, random);
  const tokens = new StraightThrough({ name: 'tokens' }).apply(logits) as tf.SymbolicTensor;
  return tf.model({ name: 'generator', inputs, outputs: tokens });
}

/**
 * What writes texts by convolutions: the latent point becomes a column for each place, residual convolutions let the columns agree (as in 1704.00028,
 * appendix F), and each gives the logits of a token, `[batch, length, vocabulary]`. All places at once, so that gradients reach every token by the same
 * short way.
 */
export function convolutionalWriter(
  shape: TextNetworkShape,
  random: Random,
): { readonly inputs: tf.SymbolicTensor[]; readonly logits: tf.SymbolicTensor } {
  const { vocabulary, length, width, blocks } = shape;
  const initial = initializers(random);
  const { inputs, told } = generatorInputs(shape);
  const projection = tf.layers.dense({ units: length * width, kernelInitializer: initial.linear() });
  let columns = tf.layers.reshape({ targetShape: [length, width] }).apply(projection.apply(told)) as tf.SymbolicTensor;
  for (let block = 0; block < blocks; block++) columns = residual(columns, shape, initial);
  return { inputs, logits: pointwise(vocabulary, initial, LOGITS).apply(activation(columns)) as tf.SymbolicTensor };
}

function generatorInputs({ latentDimensions, classes }: TextNetworkShape) {
  const point = tf.input({ shape: [latentDimensions] });
  if (!classes) return { inputs: [point], told: point };
  const label = tf.input({ shape: [classes] });
  return { inputs: [point, label], told: tf.layers.concatenate().apply([point, label]) as tf.SymbolicTensor };
}

/**
 * The discriminator: embeddings of the tokens, residual convolutions, one score. `[batch, length, vocabulary]` to `[score, features]`: logits `[batch, 1]`
 * and the last columns, flattened. A class adds to the score how far the features lie along its direction (projection, 1802.05637, equation 3).
 */
export function textDiscriminator(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const initial = initializers(random);
  const { tokens, features } = reading(shape, initial);
  const score = tf.layers.dense({ units: 1, kernelInitializer: initial.linear() }).apply(features) as tf.SymbolicTensor;
  if (!shape.classes) return tf.model({ name: 'discriminator', inputs: tokens, outputs: [score, features] });
  const label = tf.input({ shape: [shape.classes] });
  const directions = tf.layers.dense({ units: features.shape[1]!, useBias: false, kernelInitializer: initial.linear() });
  const along = tf.layers.dot({ axes: 1 }).apply([features, directions.apply(label) as tf.SymbolicTensor]) as tf.SymbolicTensor;
  const told = tf.layers.add().apply([score, along]) as tf.SymbolicTensor;
  return tf.model({ name: 'discriminator', inputs: [tokens, label], outputs: [told, features] });
}

/** The encoder: reads like the discriminator, and gives the latent point of a text. `[batch, length, vocabulary]` to `[batch, latent]`. */
export function textEncoder(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const initial = initializers(random);
  const { tokens, features } = reading(shape, initial);
  const label = shape.classes ? tf.input({ shape: [shape.classes] }) : undefined;
  const told = label ? (tf.layers.concatenate().apply([features, label]) as tf.SymbolicTensor) : features;
  const point = tf.layers.dense({ units: shape.latentDimensions, kernelInitializer: initial.linear() }).apply(told);
  return tf.model({ name: 'encoder', inputs: label ? [tokens, label] : tokens, outputs: point as tf.SymbolicTensor });
}

function reading(shape: TextNetworkShape, initial: Initializers): { tokens: tf.SymbolicTensor; features: tf.SymbolicTensor } {
  const tokens = tf.input({ shape: [shape.length, shape.vocabulary] });
  // An embedding that takes relaxed tokens too: one row of weights for each token.
  let columns = pointwise(shape.width, initial).apply(tokens) as tf.SymbolicTensor;
  for (let block = 0; block < shape.blocks; block++) columns = residual(columns, shape, initial);
  return { tokens, features: tf.layers.flatten().apply(activation(columns)) as tf.SymbolicTensor };
}

/** Two convolutions and a way past them; the second begins small, so that a block begins as that way. */
function residual(columns: tf.SymbolicTensor, { width, kernelSize }: TextNetworkShape, initial: Initializers): tf.SymbolicTensor {
  const convolution = (kernelInitializer: Initializer) =>
    tf.layers.conv1d({ filters: width, kernelSize, padding: 'same', kernelInitializer });
  const inner = convolution(initial.rectified()).apply(activation(columns)) as tf.SymbolicTensor;
  const outer = convolution(initial.small()).apply(activation(inner)) as tf.SymbolicTensor;
  return tf.layers.add().apply([columns, outer]) as tf.SymbolicTensor;
}

function pointwise(filters: number, initial: Initializers, name?: string): tf.layers.Layer {
  return tf.layers.conv1d({ filters, kernelSize: 1, kernelInitializer: initial.linear(), ...(name && { name }) });
}

function activation(columns: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.leakyReLU({ alpha: 0.2 }).apply(columns) as tf.SymbolicTensor;
}

type Initializer = ReturnType<typeof tf.initializers.glorotNormal>;
type Initializers = ReturnType<typeof initializers>;

/** First weights, each layer's with a seed of its own. */
function initializers(random: Random) {
  const seed = () => random.integer(2 ** 31);
  return {
    linear: () => tf.initializers.glorotNormal({ seed: seed() }),
    rectified: () => tf.initializers.heNormal({ seed: seed() }),
    small: () => tf.initializers.randomNormal({ mean: 0, stddev: 0.02, seed: seed() }),
  };
}
