import { integer, type Json, normalLatent, positiveInteger, Random, resolveOptions, type VaeParts } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { convolutionalWriter, type TextNetworkShape, textEncoder } from '../latent/text-networks.js';
import { describedTokenizer, tokenizerField } from '../tokens/described-tokenizer.js';
import { tokenizerFrom } from '../tokens/learn-tokenizer.js';
import { oneHotTextModality } from '../tokens/text-modality.js';
import type { Tokenizer, TokenizerDescription } from '../tokens/tokenizer.js';

/** What {@link convolutionalTextVaeParts} are like. */
export interface ConvolutionalTextVaeOptions {
  /** What texts are made of: a tokenizer, or what its `toJSON()` gave. */
  readonly tokenizer: Tokenizer | TokenizerDescription;
  /** Tokens in a row. */
  readonly length: number;
  /** Dimensions of the latent space. Default 32. */
  readonly latentDimensions?: number;
  /** Channels of the convolutions. Default 96. */
  readonly width?: number;
  /** Residual blocks of each network. Default 2. */
  readonly blocks?: number;
  /** Tokens that a convolution looks at. Default 3. */
  readonly kernelSize?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  tokenizer: tokenizerField,
  length: positiveInteger(),
  latentDimensions: positiveInteger({ default: 32 }),
  width: positiveInteger({ default: 96 }),
  blocks: positiveInteger({ default: 2 }),
  kernelSize: positiveInteger({ default: 3 }),
  seed: integer({ default: 0 }),
};

/** Units between what the encoder reads and what it says. */
const UNITS = 128;

/**
 * The parts of a variational autoencoder of texts whose decoder writes all places at once, so that the latent point alone decides on the text: for models that join texts with
 * other modalities. (The decoder of `textVae` sees its own words, and leaves less to the point.) Samples are one-hot tokens `[batch, length, vocabulary]`, the
 * decoder gives their logits.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function convolutionalTextVaeParts(options: ConvolutionalTextVaeOptions): VaeParts<string> {
  const all = resolveOptions('convolutionalTextVae', describedTokenizer(options), schema);
  const tokenizer = tokenizerFrom(all.tokenizer);
  const shape = { ...all, vocabulary: tokenizer.vocabulary.length };
  const random = Random.fromSeed(all.seed);
  return {
    kind: 'convolutionalTextVae',
    options: all as unknown as Readonly<Record<string, Json>>,
    latent: normalLatent(all.latentDimensions),
    modality: oneHotTextModality({ tokenizer, length: all.length }),
    networks: {
      encoder: () => encoder(shape, random.split('encoder')),
      decoder: () => decoder(shape, random.split('decoder')),
    },
    training: { likelihood: { kind: 'categorical' } },
  };
}

/** `[batch, length, vocabulary]` to `[mean, logVariance]`, each `[batch, latent]`. */
function encoder(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const reader = textEncoder({ ...shape, latentDimensions: UNITS }, random);
  const read = tf.layers.leakyReLU({ alpha: 0.2 }).apply(reader.outputs) as tf.SymbolicTensor;
  // Variances are about 1 at first, as those of the latent space are: the last layer begins near 0.
  const said = () => {
    const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.01, seed: random.integer(2 ** 31) });
    return tf.layers.dense({ units: shape.latentDimensions, kernelInitializer }).apply(read) as tf.SymbolicTensor;
  };
  return tf.model({ name: 'encoder', inputs: reader.inputs, outputs: [said(), said()] });
}

/** `[batch, latent]` to logits `[batch, length, vocabulary]`. */
function decoder(shape: TextNetworkShape, random: Random): tf.LayersModel {
  const { inputs, logits } = convolutionalWriter(shape, random);
  return tf.model({ name: 'decoder', inputs, outputs: logits });
}
