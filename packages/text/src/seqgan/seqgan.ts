import {
  type Batch,
  type GenerativeModel,
  integer,
  type Json,
  joinedPieces,
  nested,
  OptionsError,
  Random,
  resolveOptions,
  withDefaults,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type LanguageModelOptions, languageModelSchema, tokenNetwork } from '../language-models/language-model.js';
import { rowLogProbabilities } from '../language-models/likelihood-update.js';
import { sampledPieces } from '../language-models/sampled-pieces.js';
import type { TokenSampleOptions } from '../language-models/token-sampling.js';
import type { TextForm } from '../tokens/text-form.js';
import { SeqGanMethod, type SeqGanNetworks } from './seqgan-method.js';
import {
  discriminatorShapeSchema,
  type SeqGanTrainingOptions,
  type SequenceDiscriminatorShape,
  seqGanTrainingSchema,
} from './seqgan-options.js';
import { sequenceDiscriminator } from './sequence-discriminator.js';

/** What a SeqGAN is like. */
export interface SeqGanOptions {
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  /** The form that samples keep, such as `data.form()`; training does without it. Default: none. */
  readonly form?: TextForm;
  /** The generator. Default: an LSTM of 32 units over embeddings of 32 that is not told places, as in the paper. */
  readonly generator?: Omit<LanguageModelOptions, 'vocabulary' | 'length' | 'form' | 'seed'>;
  /** Default: the paper's. */
  readonly discriminator?: SequenceDiscriminatorShape;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const { vocabulary, length, form, seed, ...ofModel } = languageModelSchema;
const generatorSchema = withDefaults(ofModel, { places: false });

/** A SeqGAN. Samples come from its generator. */
export interface SeqGan extends GenerativeModel<Batch, SeqGanTrainingOptions, TokenSampleOptions> {
  readonly parts: SeqGanNetworks;
  /** The log-probability (nats) of each token given those before it, `[batch, length]` from int32 `[batch, length]`. Borrows the tokens. */
  logProbabilities(tokens: tf.Tensor2D): tf.Tensor2D;
}

/**
 * SeqGAN (1609.05473): a generator of rows of tokens that is rewarded by a discriminator through policy gradient and Monte Carlo search.
 *
 * ```ts
 * const gan = seqGan({ vocabulary: 5000, length: 20 });
 * for await (const report of train(gan, data)) console.log(report.stage, report.metrics);
 * const rows = await gan.sample(16);
 * ```
 *
 * Samples are int32 `[count, length]`; token 0 is read before the first one. Without a limit, training takes as long as its schedule, which is
 * `SHORT_SEQGAN_TRAINING` unless told otherwise; the published ones are `RELEASED_SEQGAN_TRAINING` and `PAPER_SEQGAN_TRAINING`. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function seqGan(options: SeqGanOptions): SeqGan {
  const resolved = resolveOptions('seqGan', options, {
    vocabulary,
    length,
    form,
    generator: nested(generatorSchema),
    // A length that is none is refused for itself.
    discriminator: nested(discriminatorShapeSchema(options.length)),
    seed: integer({ default: 0 }),
  });
  const random = Random.fromSeed(resolved.seed);
  const shape = { ...resolved.generator, vocabulary: resolved.vocabulary, length: resolved.length };
  const { widths, filters } = resolved.discriminator;
  if (widths.length !== filters.length) {
    const problem = `'discriminator.filters' must be as many as the ${widths.length} widths, got ${filters.length}`;
    throw new OptionsError({ where: 'seqGan', path: 'discriminator.filters' }, problem);
  }
  const parts: SeqGanNetworks = {
    generator: tokenNetwork(shape, random.split('generator')),
    rollOut: tokenNetwork(shape, random.split('generator')),
    discriminator: sequenceDiscriminator({ ...shape, ...resolved.discriminator }, random.split('discriminator')),
  };
  const { generator } = parts;
  const networks = { generator: generator.model, rollOut: parts.rollOut.model, discriminator: parts.discriminator.model };
  const samples: SeqGan['samples'] = (count, sampling) => sampledPieces(generator, count, sampling, resolved.form);
  return {
    kind: 'seqGan',
    options: resolved as unknown as Readonly<Record<string, Json>>,
    parts,
    networks,
    sampler: generator.model,
    trainingSchema: seqGanTrainingSchema,
    trainingMethod: (training, random) =>
      new SeqGanMethod(parts, resolveOptions('train', training, seqGanTrainingSchema), random),
    samples,
    sample: (count, sampling) => joinedPieces(samples(count, sampling)),
    logProbabilities: (tokens) => tf.tidy(() => rowLogProbabilities(generator, tokens)),
    dispose() {
      for (const network of Object.values(networks)) network.dispose();
    },
  };
}
