import {
  type Batch,
  custom,
  integer,
  oneOf,
  optional,
  positiveInteger,
  Random,
  type Resolved,
  resolveOptions,
  type Schedule,
  type Trainable,
  type TrainingMethod,
  type TrainReport,
  train,
} from '@polygan/core';
import { languageModel } from '../language-models/language-model.js';
import type { LikelihoodOptions } from '../language-models/likelihood-method.js';
import { sampledPieces } from '../language-models/sampled-pieces.js';
import type { TokenNetwork } from '../language-models/token-network.js';
import { bleuReferences } from '../metrics/bleu-references.js';
import { type SeqGanOptions, seqGan } from '../seqgan/seqgan.js';
import type { SeqGanTrainingOptions } from '../seqgan/seqgan-options.js';
import { BleuMethod, type BleuTrainingOptions, bleuTrainingSchema } from './bleu-baseline.js';
import { meanNll } from './mean-nll.js';
import { oracleRows, rowPieces } from './oracle-data.js';
import { drawnOracle, loadedOracle, type OracleOptions, type OracleWeights } from './oracle-network.js';
import { tokenDataset } from './token-dataset.js';

/** Options of {@link oracleExperiment}. */
export interface OracleExperimentOptions {
  /** What learns from the oracle: a SeqGAN, or one of the baselines that it is held against. Default 'seqgan'. */
  readonly method?: 'mle' | 'scheduledSampling' | 'pgBleu' | 'seqgan';
  /** Tokens in a row. Default 20. */
  readonly length?: number;
  /** An oracle to be drawn. Default: 5000 tokens, 32 units, seed 0. */
  readonly oracle?: OracleOptions;
  /** Weights of an oracle, in the place of a drawn one. */
  readonly weights?: OracleWeights;
  /** The generator. Default: the paper's, an LSTM of 32 units over embeddings of 32. */
  readonly generator?: NonNullable<SeqGanOptions['generator']>;
  /** Of 'seqgan'. Default: the paper's. */
  readonly discriminator?: NonNullable<SeqGanOptions['discriminator']>;
  /** Rows that are drawn to learn from; those that fill no whole batch are left out. Default 10,000. */
  readonly rows?: number;
  /** Samples that a NLL-oracle is the mean of. Default 9,984. */
  readonly evaluated?: number;
  /** Batches of maximum likelihood from one evaluation to the next. Default 780: five times 9,984 rows. */
  readonly evaluateEvery?: number;
  /** Updates by policy gradient from one evaluation to the next. Default 5. */
  readonly evaluateUpdates?: number;
  /**
   * Of the method; see {@link SeqGanTrainingOptions}, {@link BleuTrainingOptions}, {@link LikelihoodOptions}. Default: the settings of the paper's code for
   * the baselines, and `SHORT_SEQGAN_TRAINING` for a SeqGAN; `RELEASED_SEQGAN_TRAINING` and `PAPER_SEQGAN_TRAINING` are the published ones.
   */
  readonly training?: SeqGanTrainingOptions | BleuTrainingOptions | (LikelihoodOptions & { readonly steps?: number });
  /** Batches from report to report; evaluations come with reports. Default 10. */
  readonly reportEvery?: number;
  /** Samples in a batch. Default 64. */
  readonly batchSize?: number;
  /** Decides first weights, the rows and their order, samples. Default 0. */
  readonly seed?: number;
  /** Aborting it throws its reason out of the loop. */
  readonly signal?: AbortSignal;
}

const schema = {
  method: oneOf(['mle', 'scheduledSampling', 'pgBleu', 'seqgan'], { default: 'seqgan' }),
  length: positiveInteger({ min: 2, default: 20 }),
  oracle: custom<OracleOptions>('options of drawnOracle', isObject, { default: {} }),
  weights: optional(custom<OracleWeights>('weights by name', isObject)),
  generator: custom<object>('options of a generator', isObject, { default: {} }),
  discriminator: custom<object>('options of a discriminator', isObject, { default: {} }),
  rows: positiveInteger({ default: 10_000 }),
  evaluated: positiveInteger({ default: 9_984 }),
  evaluateEvery: positiveInteger({ default: 780 }),
  evaluateUpdates: positiveInteger({ default: 5 }),
  training: custom<object>('options of the method', isObject, { default: {} }),
  reportEvery: positiveInteger({ default: 10 }),
  batchSize: positiveInteger({ default: 64 }),
  seed: integer({ default: 0 }),
};

/** The maximum likelihood baselines as the paper's code has them: epochs of 156 batches, Adam with a learning rate of 0.001. */
const LIKELIHOOD_DEFAULTS = {
  mle: { steps: 350 * 156, optimizer: { learningRate: 0.001 } },
  // 0.002 less truth at each of 300 epochs.
  scheduledSampling: {
    steps: 300 * 156,
    optimizer: { learningRate: 0.001 },
    truth: { from: 1, to: 0.4, over: 300 * 9984 } as Schedule,
  },
} as const;

/**
 * The synthetic experiment of SeqGAN (1609.05473, section 5.1): an LSTM with random weights is the oracle, a generator learns from rows that it draws, and
 * the oracle itself says how good the generator's rows are.
 *
 * ```ts
 * for await (const { step, metrics } of oracleExperiment()) console.log(step, metrics['nll/oracle']);
 * ```
 *
 * The first report, of step 0, is of the generator before it has learnt: the baseline 'random'. Reports that an evaluation is due for, and the last one, have `nll/oracle`, the
 * negative log-likelihood (nats per token) of generated rows under the oracle, and `nll/test`, that of the oracle's held-out rows under the generator.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function* oracleExperiment(
  options: OracleExperimentOptions = {},
): AsyncGenerator<Pick<TrainReport, 'step' | 'metrics'> & Partial<TrainReport>, void, undefined> {
  const { signal, ...given } = options;
  const resolved = resolveOptions('oracleExperiment', given, schema);
  const { length, batchSize, seed, evaluated, reportEvery } = resolved;
  const oracle = resolved.weights ? loadedOracle(length, resolved.weights) : drawnOracle(length, resolved.oracle);
  let contestant: Contestant | undefined;
  try {
    const rows = await oracleRows(oracle, Math.floor(resolved.rows / batchSize) * batchSize, `rows ${seed}`);
    const heldOut = await oracleRows(oracle, Math.min(evaluated, resolved.rows), `held out ${seed}`);
    const found = contestantOf(resolved, oracle.vocabulary, rows);
    contestant = found;
    const evaluate = async () => ({
      // The same random numbers at each evaluation: what changes is the generator.
      'nll/oracle': await meanNll(oracle, sampledPieces(found.network, evaluated, { seed: `evaluation ${seed}` })),
      'nll/test': await meanNll(found.network, rowPieces(heldOut, length)),
    });
    yield { step: 0, metrics: await evaluate() };
    const measured: Trainable<Batch, object> = {
      networks: found.model.networks,
      trainingSchema: found.model.trainingSchema,
      trainingMethod: (training, random) => withMeasure(found.model.trainingMethod(training, random), evaluate, resolved),
    };
    const data = tokenDataset(rows, length, 'oracle');
    const loop = { batchSize, seed, reportEvery, ...(signal && { signal }) };
    for await (const report of train(measured, data, { ...found.training, ...loop })) {
      const isUnmeasured = report.stopped && report.metrics['nll/oracle'] === undefined;
      yield isUnmeasured ? { ...report, metrics: { ...report.metrics, ...(await evaluate()) } } : report;
    }
  } finally {
    contestant?.dispose();
    oracle.model.dispose();
  }
}

/** What learns from the oracle. */
interface Contestant {
  readonly network: TokenNetwork;
  readonly model: Trainable<Batch, object>;
  /** Options of its training, with the defaults of the paper's code. */
  readonly training: object;
  dispose(): void;
}

function contestantOf(
  { method, length, generator, discriminator, training, seed }: Resolved<typeof schema>,
  vocabulary: number,
  rows: Int32Array,
): Contestant {
  if (method === 'seqgan') {
    const model = seqGan({ vocabulary, length, generator, discriminator, seed });
    return { network: model.parts.generator, model: model as Trainable<Batch, object>, training, dispose: () => model.dispose() };
  }
  const model = languageModel({ places: false, ...generator, vocabulary, length, seed });
  const { network } = model;
  const own = { network, dispose: () => model.dispose() };
  if (method !== 'pgBleu') {
    return { ...own, model: model as Trainable<Batch, object>, training: { ...LIKELIHOOD_DEFAULTS[method], ...training } };
  }
  const random = Random.fromSeed(seed).split('references');
  const all = Array.from({ length: rows.length / length }, (_, i) => Array.from(rows.subarray(i * length, (i + 1) * length)));
  // The paper's code takes about two fifths of the rows as references, to save time.
  const references = bleuReferences(
    all.filter(() => random.uniform() < 0.4),
    3,
  );
  const bleuModel: Trainable<Batch, BleuTrainingOptions> = {
    networks: model.networks,
    trainingSchema: bleuTrainingSchema,
    trainingMethod: (given, random) =>
      new BleuMethod(network, references, resolveOptions('train', given, bleuTrainingSchema), random),
  };
  return { ...own, model: bleuModel as Trainable<Batch, object>, training };
}

/** A method that evaluates itself when a report comes and as many steps have been made as there should be between evaluations. */
function withMeasure(
  method: TrainingMethod<Batch>,
  evaluate: () => Promise<Record<string, number>>,
  { evaluateEvery, evaluateUpdates }: Resolved<typeof schema>,
): TrainingMethod<Batch> {
  let evaluatedAt = 0;
  return {
    phases: method.phases,
    batchesPerStep: method.batchesPerStep,
    ...(method.stages && { stages: method.stages }),
    state: () => method.state(),
    restore: (state) => method.restore(state),
    dispose: () => method.dispose(),
    async measure({ index, stage, stageStep }) {
      if (stage === 'discriminator') return {};
      const updates = method.phases.find((phase) => phase.stage === stage && phase.name === 'generator');
      const between = updates ? updates.every * evaluateUpdates : evaluateEvery;
      const last = stage !== undefined && stageStep + 1 === method.stages?.find(({ name }) => name === stage)?.steps;
      if (!last && index + 1 - evaluatedAt < between) return {};
      evaluatedAt = index + 1;
      return evaluate();
    },
  };
}

function isObject(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
