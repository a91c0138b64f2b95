import type { LikelihoodModel } from '@polygan/text';
import type { TextDataset } from '@polygan/text/node';
import * as tf from '@tensorflow/tfjs';
import type { Section, Settings } from '../settings/settings.js';
import type { AnyModel } from './modality-commands.js';

/** Passes through the data: a language model then knows them well, and begins to know them by heart. */
const PASSES = 10;
const FEWEST_STEPS = 400;
const MOST_STEPS = 10_000;
const BATCH = 64;
/** So many held-out texts are read at each checkpoint. */
const MOST_HELD_OUT = 2000;
/** With fewer, a likelihood says little. */
export const FEWEST_HELD_OUT = 10;

/** A learning rate that begins as SeqGAN's and ends small: likelier held-out texts than with one that stays. */
const LEARNING_RATE = { from: 0.01, to: 0.0003, shape: 'cosine' } as const;
const DROPOUT = 0.3;

/**
 * How a model is trained on texts where the user says nothing: language models for ten passes through the data, with dropout and a falling learning rate,
 * the checkpoint that finds held-out texts the likeliest being the one that is kept.
 */
export function textTraining(
  kind: string,
  { size, heldOut }: Pick<TextDataset, 'size' | 'heldOut'>,
  { steps, batchSize = BATCH, minutes, until, preTraining }: Section,
): Partial<Pick<Settings, 'training' | 'recording'>> {
  const passes = Math.ceil((PASSES * size) / Number(batchSize));
  const fitting = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, passes));
  const falling = (over: number) => ({ learningRate: { ...LEARNING_RATE, over: over * Number(batchSize) } });
  if (kind === 'seqgan') {
    const likelihood = Number(preTraining ?? fitting);
    return { training: { preTraining: likelihood, generatorOptimizer: falling(Math.max(1, likelihood)) } };
  }
  if (kind !== 'rnn' && kind !== 'cnn') return {};
  const isLimited = steps !== undefined || minutes !== undefined || until !== undefined;
  const expected = Number(steps ?? fitting);
  const best = { best: { metric: 'nll/heldOut', goal: 'lowest' } };
  return {
    training: { ...(!isLimited && { steps: fitting }), dropout: DROPOUT, optimizer: falling(expected) },
    recording: {
      checkpointEvery: Math.min(500, Math.max(10, Math.round(expected / 20))),
      ...((heldOut?.size ?? 0) >= FEWEST_HELD_OUT && best),
    },
  };
}

/**
 * What a checkpoint of a language model is measured by: the negative log-likelihood of held-out texts. As `nll/train` it is the mean over whole rows, so
 * that the two can be compared.
 */
export function heldOutLikelihood(
  model: AnyModel,
  { heldOut }: Pick<TextDataset, 'heldOut'>,
): (() => Promise<Record<string, number>>) | undefined {
  if (!('logProbabilities' in model) || !heldOut || heldOut.size < FEWEST_HELD_OUT) return undefined;
  const { logProbabilities } = model as AnyModel & LikelihoodModel;
  return async () => {
    let [sum, tokens] = [0, 0];
    for await (const batch of heldOutBatches(heldOut, MOST_HELD_OUT)) {
      const total = tf.tidy(() => tf.sum(logProbabilities(batch)));
      sum += (await total.data())[0]!;
      tokens += batch.size;
      total.dispose();
    }
    return { 'nll/heldOut': -sum / tokens };
  };
}

/** The tokens of a dataset's texts in batches, each lent until the next is asked for. */
export async function* heldOutBatches({ size, batch }: TextDataset, most = Infinity): AsyncGenerator<tf.Tensor2D> {
  const count = Math.min(size, most);
  for (let first = 0; first < count; first += BATCH) {
    const { samples, labels } = await batch(Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => first + i));
    labels?.dispose();
    yield samples as tf.Tensor2D;
    samples.dispose();
  }
}
