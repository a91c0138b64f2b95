import {
  type Batch,
  boolean,
  type GenerativeModel,
  integer,
  type Json,
  joinedPieces,
  number,
  oneOf,
  optional,
  positiveInteger,
  Random,
  type Resolved,
  resolveOptions,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { formField, type TextForm } from '../tokens/text-form.js';
import { convolutionalNetwork } from './convolutional-network.js';
import { LikelihoodMethod, type LikelihoodOptions, likelihoodSchema } from './likelihood-method.js';
import { rowLogProbabilities } from './likelihood-update.js';
import { recurrentNetwork } from './recurrent-network.js';
import { sampledPieces } from './sampled-pieces.js';
import type { TokenNetwork } from './token-network.js';
import type { TokenSampleOptions } from './token-sampling.js';

/** What a language model is like. */
export interface LanguageModelOptions {
  /** 'lstm' and 'gru' read one token after the other, 'cnn' looks at the last few through gated causal convolutions. Default 'lstm'. */
  readonly kind?: 'lstm' | 'gru' | 'cnn';
  /** How many tokens there are. */
  readonly vocabulary: number;
  /** Tokens in a row. */
  readonly length: number;
  /** Dimensions of a token's embedding. Default 32, as in SeqGAN. */
  readonly embedding?: number;
  /** Units of a layer. Default 32, as in SeqGAN. */
  readonly hidden?: number;
  /** Default 1, and 4 for 'cnn'. */
  readonly layers?: number;
  /** Of 'cnn': tokens that a layer looks at. Default 5. */
  readonly kernelSize?: number;
  /**
   * Whether the model is told the place of each token. Then it keeps the form of texts whose places mean something (verses, codes), and learns as well
   * from others. Default true.
   */
  readonly places?: boolean;
  /** The form that samples keep, such as `data.form()`. Default: none. Training does without it, and so do the files of `sampler`. */
  readonly form?: TextForm;
  /** Standard deviation of the first weights, which are drawn from a normal distribution. Default 0.1, as in SeqGAN. */
  readonly deviation?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

/** The fields of {@link LanguageModelOptions}. */
export const languageModelSchema = {
  kind: oneOf(['lstm', 'gru', 'cnn'], { default: 'lstm' }),
  vocabulary: positiveInteger({ min: 2 }),
  length: positiveInteger({ min: 2 }),
  embedding: positiveInteger({ default: 32 }),
  hidden: positiveInteger({ default: 32 }),
  layers: optional(positiveInteger()),
  kernelSize: positiveInteger({ default: 5 }),
  places: boolean({ default: true }),
  form: formField,
  deviation: number({ above: 0, default: 0.1 }),
  seed: integer({ default: 0 }),
};

/** A model of rows of tokens, trained by maximum likelihood. */
export interface LanguageModel extends GenerativeModel<Batch, LikelihoodOptions, TokenSampleOptions> {
  /** The network behind it. */
  readonly network: TokenNetwork;
  /** The log-probability (nats) of each token given those before it, `[batch, length]` from int32 `[batch, length]`. Borrows the tokens. */
  logProbabilities(tokens: tf.Tensor2D): tf.Tensor2D;
}

/**
 * A language model: a recurrent (LSTM, GRU) or convolutional network that predicts each token from those before it.
 *
 * ```ts
 * const model = languageModel({ vocabulary: 5000, length: 20 });
 * for await (const report of train(model, data, { steps: 3000 })) console.log(report.step, report.metrics['nll/train']);
 * const rows = await model.sample(16, { temperature: 0.8 });
 * ```
 *
 * Samples are int32 `[count, length]`; token 0 is read before the first one. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function languageModel(options: LanguageModelOptions): LanguageModel {
  const resolved = resolveOptions('languageModel', options, languageModelSchema);
  const network = tokenNetwork(resolved, Random.fromSeed(resolved.seed).split('generator'));
  const samples: LanguageModel['samples'] = (count, sampling) => sampledPieces(network, count, sampling, resolved.form);
  return {
    kind: 'languageModel',
    options: resolved as Readonly<Record<string, Json>>,
    network,
    networks: { generator: network.model },
    sampler: network.model,
    trainingSchema: likelihoodSchema,
    trainingMethod: (training, random) =>
      new LikelihoodMethod(network, resolveOptions('train', training, likelihoodSchema), random),
    samples,
    sample: (count, sampling) => joinedPieces(samples(count, sampling)),
    logProbabilities: (tokens) => tf.tidy(() => rowLogProbabilities(network, tokens)),
    dispose: () => network.model.dispose(),
  };
}

/** The network of a language model, its weights drawn. */
export function tokenNetwork(
  { kind, deviation, layers = kind === 'cnn' ? 4 : 1, ...rest }: Omit<Resolved<typeof languageModelSchema>, 'seed' | 'form'>,
  random: Random,
): TokenNetwork {
  const shape = { ...rest, layers };
  const network = kind === 'cnn' ? convolutionalNetwork(shape) : recurrentNetwork(kind, shape);
  tf.tidy(() => {
    // Around zeros, and around ones for scales.
    for (const weight of network.model.weights) {
      weight.write(tf.add(weight.read(), random.normalTensor(weight.shape as number[], 0, deviation)));
    }
  });
  return network;
}
