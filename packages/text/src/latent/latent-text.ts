import {
  type Batch,
  Gan,
  type GanOptions,
  type GanParts,
  integer,
  type Json,
  joinedPieces,
  type LatentDistribution,
  type LatentModel,
  type LatentSpace,
  latentSamples,
  latentSpace,
  type Modality,
  oneOf,
  optional,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleOptions,
  type Schedule,
  scheduleField,
} from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { describedTokenizer, tokenizerField } from '../tokens/described-tokenizer.js';
import { tokenizerFrom } from '../tokens/learn-tokenizer.js';
import { oneHotTextModality } from '../tokens/text-modality.js';
import type { Tokenizer, TokenizerDescription } from '../tokens/tokenizer.js';
import { LatentTextMethod } from './latent-text-method.js';
import { type TextGeneratorKind, textDiscriminator, textEncoder, textGenerator } from './text-networks.js';
import { textPieces } from './text-pieces.js';
import { textReconstruction } from './text-reconstruction.js';

/** What a latent text model is like. */
export interface LatentTextOptions {
  /** What texts are made of: a tokenizer, or what its `toJSON()` gave. */
  readonly tokenizer: Tokenizer | TokenizerDescription;
  /** Tokens in a row. */
  readonly length: number;
  /** How many classes texts have. Default: none. */
  readonly classes?: number;
  /** What latent points are drawn from. Default 'normal'. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the latent space: the more, the more of a text its point can hold, and the harder the space is to fill. Default 32. */
  readonly latentDimensions?: number;
  /** How a text is written from a point: token after token, or all places at once by convolutions. Default 'recurrent'. */
  readonly generator?: TextGeneratorKind;
  /** Units of the recurrent generator, channels of the convolutions. Default 96. */
  readonly width?: number;
  /** Residual blocks of each convolutional network. Default 2. */
  readonly blocks?: number;
  /** Tokens that a convolution looks at. Default 3. */
  readonly kernelSize?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

/** The fields of {@link LatentTextOptions}. */
const latentTextSchema = {
  tokenizer: tokenizerField,
  length: positiveInteger(),
  classes: optional(integer({ min: 2 })),
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'normal' }),
  latentDimensions: positiveInteger({ default: 32 }),
  generator: oneOf(['recurrent', 'convolutional'], { default: 'recurrent' }),
  width: positiveInteger({ default: 96 }),
  blocks: positiveInteger({ default: 2 }),
  kernelSize: positiveInteger({ default: 3 }),
  seed: integer({ default: 0 }),
};

/** How a latent text model is trained: as a GAN, and beside it as an autoencoder. */
export interface LatentTextTraining extends GanOptions {
  /** Steps of autoencoding alone before the game, so that it begins with readable texts. Default 2,000. */
  readonly autoencodingSteps?: number;
  /** Temperature of the softmax that gradients pass through. Default 1. */
  readonly temperature?: Schedule;
}

/** How the game is played where its user says nothing else. */
const TRAINING = {
  loss: 'relativistic',
  discriminatorOptimizer: { learningRate: 4e-4, beta1: 0.5, beta2: 0.9 },
  generatorOptimizer: { learningRate: 4e-4, beta1: 0.5, beta2: 0.9 },
  autoencoding: { weight: 1 },
} satisfies GanOptions;

/** The parts of a {@link latentText} model. */
export type LatentTextParts = GanParts<string> & Required<Pick<GanParts<string>, 'autoencoder'>>;

/**
 * The parts of a {@link latentText} model, for models that join it with other modalities. All networks take and give one-hot tokens
 * `[batch, length, vocabulary]`, and gradients pass through the generator's.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function latentTextParts(options: LatentTextOptions): LatentTextParts {
  const all = resolveOptions('latentText', describedTokenizer(options), latentTextSchema);
  const { tokenizer, latent, latentDimensions: dimensions, classes, generator, ...shape } = all;
  const known = tokenizerFrom(tokenizer);
  const sizes = { ...shape, latentDimensions: dimensions, classes, vocabulary: known.vocabulary.length };
  const random = Random.fromSeed(shape.seed);
  return {
    kind: 'latentText',
    options: all as unknown as Readonly<Record<string, Json>>,
    latent: latentSpace({ distribution: latent, dimensions, ...(classes && { classes }) }),
    modality: oneHotTextModality({ tokenizer: known, length: shape.length }),
    networks: {
      generator: () => textGenerator(generator, sizes, random.split('generator')),
      discriminator: () => textDiscriminator(sizes, random.split('discriminator')),
    },
    training: TRAINING,
    autoencoder: { encoder: () => textEncoder(sizes, random.split('encoder')), reconstruction: textReconstruction },
    pieces: textPieces(known.vocabulary.length),
  };
}

/**
 * A generator of texts from latent points, in which gradients reach the points: neighbours in the latent space are alike, one can walk from text to
 * text, read a text back into the space, and join it with pictures and sounds.
 *
 * ```ts
 * const model = latentText({ tokenizer: data.tokenizer, length: data.length });
 * for await (const report of train(model, data, {})) console.log(report.step, report.metrics);
 * const names = await model.modality.decode(await model.sample(16));
 * ```
 *
 * It is trained as a GAN on one-hot tokens with the straight-through estimator (1611.01144) and RelGAN's relativistic loss (Nie et al. 2019), after and
 * beside autoencoding, without which the game starts from noise and finds few words. It trains on tokens, int32 `[batch, length]`, and samples are
 * one-hot, `[batch, length, vocabulary]`; `modality.decode` reads them. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function latentText(options: LatentTextOptions): LatentText {
  return new LatentText(options);
}

/** See {@link latentText}. */
export class LatentText implements LatentModel<Batch, LatentTextTraining> {
  readonly kind = 'latentText';
  readonly options: Readonly<Record<string, Json>>;
  readonly modality: Modality<string>;
  readonly trainingSchema;
  readonly #gan: Gan<string>;

  constructor(options: LatentTextOptions) {
    const parts = latentTextParts(options);
    this.#gan = new Gan(parts);
    this.options = this.#gan.options;
    this.modality = parts.modality;
    this.trainingSchema = {
      ...this.#gan.trainingSchema,
      autoencodingSteps: integer({ min: 0, default: 2000 }),
      temperature: scheduleField({ min: 0.01, default: 1 }),
    };
  }

  get latent(): LatentSpace {
    return this.#gan.latent;
  }

  get networks(): Gan['networks'] {
    return this.#gan.networks;
  }

  get sampler(): tf.LayersModel {
    return this.#gan.sampler;
  }

  trainingMethod(options: LatentTextTraining, random: Random): LatentTextMethod {
    const { autoencodingSteps, temperature, ...gan } = resolveOptions('train', options, this.trainingSchema);
    return new LatentTextMethod(this.#gan, { gan, autoencodingSteps, temperature }, random);
  }

  /** Latent points as one-hot texts, `[batch, length, vocabulary]`. Borrows the points; the caller owns the result. */
  generate(points: tf.Tensor2D, labels?: tf.Tensor1D): tf.Tensor {
    return this.#gan.generate(points, labels);
  }

  /** The latent points of one-hot texts, `[batch, latent]`, such as `modality.encode` makes. Borrows the texts; the caller owns the result. */
  encode(texts: tf.Tensor, labels?: tf.Tensor1D): tf.Tensor2D {
    return this.#gan.encode(texts, labels);
  }

  samples(count: number, options?: SampleOptions): AsyncGenerator<tf.Tensor, void, undefined> {
    return latentSamples(this, count, options);
  }

  sample(count: number, options?: SampleOptions): Promise<tf.Tensor> {
    return joinedPieces(this.samples(count, options));
  }

  dispose(): void {
    this.#gan.dispose();
  }
}
