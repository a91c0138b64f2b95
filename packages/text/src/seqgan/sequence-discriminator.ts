import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { tokenInput, variablesOf } from '../language-models/network-layers.js';
import { Highway, type HighwayWeights, highway } from './highway.js';

/** What a {@link sequenceDiscriminator} is made from. */
export interface SequenceDiscriminatorOptions {
  readonly vocabulary: number;
  readonly length: number;
  /** Dimensions of a token's embedding. */
  readonly embedding: number;
  /** Tokens that the filters of each kind look at. */
  readonly widths: readonly number[];
  /** Filters of each kind. */
  readonly filters: readonly number[];
}

/** What rows have in common: the first `beginnings` rows begin with `given` tokens, and so do all others, in turns. */
export interface SharedBeginnings {
  readonly beginnings: number;
  readonly given: number;
}

/** A network that tells real rows of tokens from generated ones. */
export interface SequenceDiscriminator {
  /** Rows of tokens int32 `[batch, length]`, and a factor for each feature `[batch, features]`, to logits `[batch, 2]`. Owns the weights. */
  readonly model: tf.LayersModel;
  readonly features: number;
  /** Kernel and bias of the last layer, the only ones that are kept small. */
  readonly output: readonly tf.Variable[];
  /**
   * Logits of being generated and of being real, `[batch, 2]`. Inside `tf.tidy`.
   *
   * @param factors `[batch, features]`, for dropout; none is all ones
   * @param shared saves work: what filters find within equal beginnings is found once
   */
  logits(tokens: tf.Tensor2D, factors?: tf.Tensor2D, shared?: SharedBeginnings): tf.Tensor2D;
}

/**
 * SeqGAN's discriminator (1609.05473, section 3.2): embeddings, convolutions of many widths, the greatest value of each filter over the row, one highway
 * layer, dropout, two classes. First weights as in the released code.
 */
export function sequenceDiscriminator(options: SequenceDiscriminatorOptions, random: Random): SequenceDiscriminator {
  const { length, widths, filters } = options;
  const { input, embedding, embedded } = tokenInput(options);
  const features = filters.reduce((sum, count) => sum + count, 0);
  const convolutions = widths.map((kernelSize, i) =>
    tf.layers.conv1d({ filters: filters[i]!, kernelSize, activation: 'relu', kernelInitializer: 'zeros' }),
  );
  const pooled = convolutions.map((layer) => tf.layers.globalMaxPooling1d({}).apply(layer.apply(embedded)) as tf.SymbolicTensor);
  const joined = pooled.length === 1 ? pooled[0]! : (tf.layers.concatenate().apply(pooled) as tf.SymbolicTensor);
  const highways = new Highway({});
  const factors = tf.input({ shape: [features] });
  const kept = tf.layers.multiply().apply([highways.apply(joined) as tf.SymbolicTensor, factors]);
  const dense = tf.layers.dense({ units: 2, kernelInitializer: 'zeros' });
  const model = tf.model({ inputs: [input, factors], outputs: dense.apply(kept) as tf.SymbolicTensor });

  const [table] = variablesOf(embedding);
  const filterWeights = convolutions.map(variablesOf);
  const output = variablesOf(dense);
  const highwayWeights = variablesOf(highways) as tf.Tensor[] as HighwayWeights;
  const spread = Math.sqrt(3 / features);
  draw(table!, (shape) => random.uniformTensor(shape, -1, 1));
  for (const [kernel, bias] of [...filterWeights, output]) {
    draw(kernel!, (shape) => truncatedNormal(random, shape, 0.1));
    draw(bias!, (shape) => tf.fill(shape, 0.1));
  }
  for (const weight of highwayWeights) draw(weight as tf.Variable, (shape) => random.uniformTensor(shape, -spread, spread));

  return {
    model,
    features,
    output,
    logits(tokens, factors, shared) {
      const rows = tokens.shape[0];
      const read = tf.gather(table!, tf.reshape(tokens, [tokens.size]));
      const x = tf.reshape(read, [rows, length, 1, options.embedding]) as tf.Tensor4D;
      const found = filterWeights.map(([kernel, bias]) => {
        const [width, , count] = kernel!.shape as [number, number, number];
        const filter = tf.reshape(kernel!, [width, 1, options.embedding, count]) as tf.Tensor4D;
        // The greatest value first: bias and slope then work on one place rather than on all.
        return tf.relu(tf.add(greatestValues(x, filter, shared), bias!)) as tf.Tensor2D;
      });
      const passed = highway(tf.concat(found, 1), highwayWeights);
      const [kernel, bias] = output;
      return tf.add(tf.matMul(factors ? tf.mul(passed, factors) : passed, kernel as tf.Variable<tf.Rank.R2>), bias!);
    },
  };
}

/** The greatest value of each filter over each row, `[rows, filters]`. */
function greatestValues(x: tf.Tensor4D, filter: tf.Tensor4D, shared?: SharedBeginnings): tf.Tensor2D {
  const [rows, length, , embedding] = x.shape;
  const [width, , , count] = filter.shape;
  const over = (part: tf.Tensor4D) =>
    tf.reshape(greatest(tf.conv2d(part, filter, 1, 'valid')), [part.shape[0], count]) as tf.Tensor2D;
  if (!shared || shared.given < width) return over(x);
  const { beginnings, given } = shared;
  const within = over(tf.slice(x, [0, 0, 0, 0], [beginnings, given, 1, embedding]));
  const from = given - width + 1;
  const beyond = over(tf.slice(x, [0, from, 0, 0], [rows, length - from, 1, embedding]));
  return tf.maximum(beyond, tf.tile(within, [rows / beginnings, 1]));
}

/**
 * The greatest value over all places, `[rows, places, 1, filters]` to `[rows, 1, 1, filters]`: by a pool, which engines find together with the convolution
 * before it; but with the gradient of a maximum, which takes no search.
 */
function greatest(found: tf.Tensor4D): tf.Tensor4D {
  const withGradient = tf.customGrad((x, save) => {
    const value = tf.maxPool(x as tf.Tensor4D, [found.shape[1], 1], 1, 'valid');
    (save as tf.GradSaveFunc)([x as tf.Tensor, value]);
    const gradFunc = (dy: tf.Tensor, [x, value]: tf.Tensor[]) => tf.mul(dy, tf.cast(tf.equal(x!, value!), 'float32'));
    return { value, gradFunc };
  });
  return withGradient(found) as tf.Tensor4D;
}

function draw(variable: tf.Variable, values: (shape: number[]) => tf.Tensor): void {
  tf.tidy(() => variable.assign(values(variable.shape)));
}

/** Draws beyond two standard deviations are drawn again. */
function truncatedNormal(random: Random, shape: number[], deviation: number): tf.Tensor {
  const values = random.fillNormal(new Float32Array(tf.util.sizeFromShape(shape)), 0, deviation);
  for (let i = 0; i < values.length; i++) while (Math.abs(values[i]!) > 2 * deviation) values[i] = deviation * random.normal();
  return tf.tensor(values, shape);
}
