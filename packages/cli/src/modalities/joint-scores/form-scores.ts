import { type Batch, type Dataset, Random } from '@polygan/core';
import type { Score } from '@polygan/core/node';
import type { FormName } from '@polygan/models';
import type { JointBatch } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import { compareSides, FEWEST, hasFeatures, type ModalityWithFeatures } from '../../evaluation/compare-sides.js';
import { compareTexts, tokensOf } from '../../evaluation/compare-texts.js';
import type { Piece } from '../../evaluation/measured-samples.js';
import { FORMS } from '../forms.js';
import { type JointPart, sharedOf } from '../joint-data.js';
import type { JointScoreRequest } from './joint-score-request.js';

/** What of a form's own scores is shown beside coherence: how good its samples are, and how various. */
const SHOWN = new Set([
  'frechetDistance',
  'precisionRecall.precision',
  'precisionRecall.recall',
  'densityCoverage.coverage',
  'bleu.4',
  'selfBleu.4',
]);

/** Texts that are read from the data at once. */
const PIECE = 64;

/** What is found, and by what. */
export interface FormScores {
  readonly scores: readonly Score[];
  /** By what each form was compared, in words. */
  readonly features: readonly string[];
}

/** Each form's own scores, as those of a model of this form alone are: things may agree and be all the same. Forms of which there are too few real samples have none. */
export async function formScores(request: JointScoreRequest): Promise<FormScores> {
  const scores: Score[] = [];
  const features: string[] = [];
  const forms = Object.keys(request.data.parts) as FormName[];
  for (const [i, form] of forms.entries()) {
    const onProgress = (share: number, text: string) => request.onProgress((i + share) / forms.length, text);
    const modality = FORMS[form];
    const compared = hasFeatures(modality)
      ? await comparedByFeatures(modality, form, { ...request, onProgress })
      : await comparedTexts(form, request);
    if (!compared) continue;
    const shown = compared.scores.filter(({ metric }) => SHOWN.has(metric));
    scores.push(...shown.map((score) => ({ ...score, metric: `${form}.${score.metric}`, title: `${form}: ${score.title}` })));
    features.push(`${form} by ${compared.features}`);
  }
  return { scores, features };
}

interface Compared {
  readonly scores: readonly Score[];
  readonly features: string;
}

async function comparedByFeatures(
  modality: ModalityWithFeatures,
  form: FormName,
  { data, model, count, seed, onProgress }: JointScoreRequest,
): Promise<Compared | undefined> {
  const dataset = distinctSamples(data.parts[form]!);
  if (dataset.size < 2 * FEWEST) return undefined;
  const opened = { dataset, shared: sharedOf(data, form), options: {}, skipped: [] };
  // Features of the ready-made set that the form is from, where it is from one.
  const known = data.aspects.map(({ known }) => known?.[form]).find((name) => typeof name === 'string');
  const { scores } = await compareSides(
    modality,
    { data: opened, source: known ?? form, count, features: 'auto', seed, onProgress },
    (most) => made(model, form, { count, seed, most }),
  );
  return scores;
}

async function comparedTexts(
  form: FormName,
  { data, model, count, rows, seed }: JointScoreRequest,
): Promise<Compared | undefined> {
  const trained = await textsOf(distinctSamples(data.parts[form]!));
  const references = await heldOutTexts(data.heldOut, form, rows);
  if (trained.length < FEWEST || references.length < FEWEST) return undefined;
  const texts: number[][] = [];
  for await (const { samples } of made(model, form, { count, seed, most: count })) {
    texts.push(...(await tokensOf(samples)));
    samples.dispose();
  }
  const real = [...Random.fromSeed(seed).split('texts').permutation(trained.length)].slice(0, count).map((i) => trained[i]!);
  return { scores: compareTexts({ texts, real, references, trained }), features: 'its tokens' };
}

/** So many samples of one form, out of things that are made up. */
async function* made(
  model: JointScoreRequest['model'],
  form: FormName,
  { count, seed, most }: { readonly count: number; readonly seed: number; readonly most: number },
): AsyncGenerator<Piece> {
  let left = most;
  for await (const { [form]: samples, ...others } of model.samples(count, { seed })) {
    tf.dispose(Object.values(others));
    const wanted = Math.min(left, samples!.shape[0]!);
    left -= wanted;
    if (wanted > 0) yield { samples: samples!.slice(0, wanted), of: most };
    samples!.dispose();
  }
}

/** The samples of a form, each once, however many things it is part of. */
function distinctSamples({ dataset, indices }: JointPart): Dataset<Batch> {
  const numbers = [...new Set(Array.from(indices))].filter((index) => index >= 0);
  const { fingerprint } = dataset;
  return { size: numbers.length, fingerprint, batch: (rows, epochs) => dataset.batch(rows.map((row) => numbers[row]!), epochs) }; // biome-ignore format: one thought
}

async function textsOf(dataset: Dataset<Batch>): Promise<number[][]> {
  const texts: number[][] = [];
  for (let from = 0; from < dataset.size; from += PIECE) {
    const rows = Array.from({ length: Math.min(PIECE, dataset.size - from) }, (_, i) => from + i);
    const { samples, labels } = await dataset.batch(rows);
    texts.push(...(await tokensOf(samples)));
    tf.dispose([samples, ...(labels ? [labels] : [])]);
  }
  return texts;
}

/** The texts of some things that have one. */
async function heldOutTexts(things: Dataset<JointBatch>, form: FormName, rows: number): Promise<number[][]> {
  const texts: number[][] = [];
  for (let from = 0; from < rows; from += PIECE) {
    const batch = await things.batch(Array.from({ length: Math.min(PIECE, rows - from) }, (_, i) => from + i));
    const present = await batch.present[form]!.data();
    texts.push(...(await tokensOf(batch.samples[form]!)).filter((_, row) => present[row]));
    tf.dispose(batch as unknown as tf.TensorContainer);
  }
  return texts;
}
