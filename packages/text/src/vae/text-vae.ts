import {
  type Batch,
  integer,
  type Json,
  joinedPieces,
  type LatentModel,
  type LatentSpace,
  type Modality,
  normalLatent,
  number,
  type Posterior,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleOptions,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { drawTokens } from '../language-models/draw-tokens.js';
import { describedTokenizer, tokenizerField } from '../tokens/described-tokenizer.js';
import { tokenizerFrom } from '../tokens/learn-tokenizer.js';
import { END } from '../tokens/special-tokens.js';
import { textModality } from '../tokens/text-modality.js';
import type { Tokenizer, TokenizerDescription } from '../tokens/tokenizer.js';
import { TextVaeMethod, type TextVaeTraining, textVaeTrainingSchema } from './text-vae-method.js';
import { type VaeDecoder, vaeDecoder, vaeEncoder } from './text-vae-networks.js';

/** What a text VAE is like. */
export interface TextVaeOptions {
  /** What texts are made of: a tokenizer, or what its `toJSON()` gave. */
  readonly tokenizer: Tokenizer | TokenizerDescription;
  /** Tokens in a row. */
  readonly length: number;
  /** Dimensions of the latent space. Default 32. */
  readonly latentDimensions?: number;
  /** Dimensions of a token's embedding. Default 64. */
  readonly embedding?: number;
  /** Units of the LSTMs. Default 128. */
  readonly hidden?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  tokenizer: tokenizerField,
  length: positiveInteger({ min: 2 }),
  latentDimensions: positiveInteger({ default: 32 }),
  embedding: positiveInteger({ default: 64 }),
  hidden: positiveInteger({ default: 128 }),
  seed: integer({ default: 0 }),
};

/** How texts are drawn from a text VAE. */
export interface TextVaeSampleOptions extends Pick<SampleOptions, 'seed' | 'truncation'> {
  /** Divides the logits of each token: below 1 for more likely, above 1 for more varied texts; 0 takes the likeliest. Default 1. */
  readonly temperature?: number;
}

/** Texts drawn at once. */
const PIECE = 256;

/**
 * A variational autoencoder of texts (Bowman et al. 2015, arXiv 1511.06349): an LSTM reads a text into a latent point, an LSTM that starts from the point
 * writes it, word by word. Its divergence is annealed and its words dropped out, as the paper does. A baseline for {@link latentText}: fluent, but since
 * the decoder sees its own words, the point decides less of the text.
 *
 * Samples are tokens, int32 `[count, length]`. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function textVae(options: TextVaeOptions): TextVae {
  return new TextVae(options);
}

/** See {@link textVae}. */
export class TextVae implements LatentModel<Batch, TextVaeTraining> {
  readonly kind = 'textVae';
  readonly options: Readonly<Record<string, Json>>;
  readonly latent: LatentSpace;
  readonly modality: Modality<string>;
  readonly encoder: tf.LayersModel;
  readonly trainingSchema = textVaeTrainingSchema;
  readonly #decoder: VaeDecoder;

  constructor(options: TextVaeOptions) {
    const all = resolveOptions('textVae', describedTokenizer(options), schema);
    this.options = all as unknown as Readonly<Record<string, Json>>;
    const tokenizer = tokenizerFrom(all.tokenizer);
    const shape = { ...all, vocabulary: tokenizer.vocabulary.length };
    const random = Random.fromSeed(all.seed);
    this.latent = normalLatent(all.latentDimensions);
    this.modality = textModality({ tokenizer, length: all.length });
    this.encoder = vaeEncoder(shape, random.split('encoder'));
    this.#decoder = vaeDecoder(shape, random.split('decoder'));
  }

  get networks(): Readonly<Record<'encoder' | 'decoder', tf.LayersModel>> {
    return { encoder: this.encoder, decoder: this.sampler };
  }

  /** The decoder: `[points, tokens before each place]` to logits `[batch, length, vocabulary]`. */
  get sampler(): tf.LayersModel {
    return this.#decoder.model;
  }

  trainingMethod(options: TextVaeTraining, random: Random): TextVaeMethod {
    const networks = { ...this.networks, latentDimensions: this.latent.dimensions };
    return new TextVaeMethod(networks, resolveOptions('train', options, this.trainingSchema), random);
  }

  /** Each point's text of the likeliest tokens, int32 `[batch, length]`. Borrows the points; the caller owns the result. */
  generate(points: tf.Tensor2D): tf.Tensor2D {
    return this.#write(points, (logits) => tf.argMax(logits, 1));
  }

  /** Where texts, int32 `[batch, length]`, lie in the latent space. Borrows them; the caller owns the result. */
  encode(tokens: tf.Tensor2D): Posterior {
    const [mean, logVariance] = this.encoder.predict(tokens) as tf.Tensor2D[];
    return { mean: mean!, logVariance: logVariance! };
  }

  async *samples(count: number, options: TextVaeSampleOptions = {}): AsyncGenerator<tf.Tensor, void, undefined> {
    const { temperature = 1, seed = 0, truncation = 1 } = options;
    resolveOptions('sample', { temperature }, { temperature: number({ min: 0 }) });
    const random = Random.fromSeed(seed);
    const [length] = this.modality.sampleShape;
    const [forPoints, forTokens] = [random.split('points'), random.split('tokens')];
    for (let from = 0; from < count; from += PIECE) {
      const rows = Math.min(PIECE, count - from);
      const piece = tf.tidy(() => {
        const points = this.latent.sample(rows, forPoints, { truncation });
        if (temperature === 0) return this.generate(points);
        const uniforms = tf.split(forTokens.uniformTensor<tf.Rank.R2>([rows, length!]), length!, 1) as tf.Tensor2D[];
        return this.#write(points, (logits, place) =>
          drawTokens(tf.softmax(tf.div(logits, temperature)) as tf.Tensor2D, uniforms[place]!),
        );
      });
      // Lets an engine that runs lazily make this piece before the next is asked for.
      await piece.data();
      yield piece;
    }
  }

  sample(count: number, options?: TextVaeSampleOptions): Promise<tf.Tensor> {
    return joinedPieces(this.samples(count, options));
  }

  dispose(): void {
    for (const network of Object.values(this.networks)) network.dispose();
  }

  /** Writes texts from points, `choose` deciding on each token by its logits. */
  #write(points: tf.Tensor2D, choose: (logits: tf.Tensor2D, place: number) => tf.Tensor1D): tf.Tensor2D {
    return tf.tidy(() => {
      const [length] = this.modality.sampleShape;
      let tokens = tf.fill([points.shape[0]], END, 'int32') as tf.Tensor1D;
      let state = this.#decoder.start(points);
      const written = Array.from({ length: length! }, (_, place) => {
        const after = this.#decoder.step(state, tokens);
        state = after.state;
        tokens = choose(after.logits, place);
        return tokens;
      });
      return tf.cast(tf.stack(written, 1), 'int32') as tf.Tensor2D;
    });
  }
}
