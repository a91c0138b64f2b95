import { type Dataset, type MetricResult, resolveOptions } from '@polygan/core';
import type { JointBatch } from '../data/joint-batch.js';
import type { MultimodalModel } from '../multimodal-model.js';
import { type Classifiers, classesOf, judgedModalities, NO_CLASS } from './classify.js';
import { nameOfDirection } from './directions.js';
import { type JointRows, jointRows } from './joint-rows.js';
import { rowsField, seedField } from './score-options.js';
import { shareCounter } from './share-counter.js';
import { translations } from './translations.js';

/** Options of {@link conditionalCoherence}. */
export interface ConditionalCoherenceOptions {
  /** How many rows of the data are translated, in every direction. Default 500. */
  readonly rows?: number;
  /** Draws the rows and the answers. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link conditionalCoherence}. */
export interface ConditionalCoherence extends MetricResult {
  readonly name: 'conditionalCoherence';
  /** Mean over all directions, 0 to 1. */
  readonly value: number;
  /** By direction ('image→text', 'image+audio→text'): the share of rows whose generated form is of the row's class. */
  readonly directions: Readonly<Record<string, number>>;
  /** By direction: the rows that the share is of, those that have what is given. A direction without any is absent from both. */
  readonly rows: Readonly<Record<string, number>>;
  /** By modality: the share of its generated samples that its classifier finds to be of a class at all. */
  readonly classified: Readonly<Record<string, number>>;
}

const schema = { rows: rowsField(500), seed: seedField };

/**
 * Does a translation keep what the thing is? For every non-empty set of forms that is given and every form that is not: the share of rows whose generated
 * form is of the class of the row (MMVAE, 1911.03393, as cross coherence; for all subsets as MoPoE, 2105.02470, and MultiVae have it).
 *
 * The class of a row is its label. Where it has none, it is what most classifiers see in the real forms that the row has.
 *
 * @param dataset held-out rows, which may lack forms
 * @param classifiers of at least one modality; only forms that one is given for are judged
 * @throws if a classifier is of no modality, or no row is of a class
 */
export async function conditionalCoherence(
  model: Pick<MultimodalModel, 'modalities' | 'translate'>,
  dataset: Dataset<JointBatch>,
  classifiers: Classifiers,
  options: ConditionalCoherenceOptions = {},
): Promise<ConditionalCoherence> {
  const { rows, seed } = resolveOptions('conditionalCoherence', options, schema);
  const judged = judgedModalities('conditionalCoherence', model, classifiers, 1);
  const right = shareCounter();
  const classified = shareCounter();
  let real = 0;
  for await (const piece of jointRows(dataset, { rows, seed })) {
    const classes = await classesOfRows(piece, classifiers);
    for await (const translation of translations(model, piece, judged, { seed: `${seed}:${real}` })) {
      for (const [to, found] of Object.entries(await classesOf(translation.forms, classifiers))) {
        for (const row of translation.rows) {
          if (classes[row] === NO_CLASS) continue;
          right.count(nameOfDirection(translation.given, to), found[row] === classes[row]);
          classified.count(to, found[row] !== NO_CLASS);
        }
      }
    }
    real += piece.count;
  }
  const directions = right.shares();
  const shares = Object.values(directions);
  if (shares.length === 0) {
    throw new Error(
      'conditionalCoherence: no row is of a class; give the data labels, or classifiers of the forms that rows have',
    );
  }
  return {
    name: 'conditionalCoherence',
    value: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    directions,
    rows: right.totals(),
    classified: classified.shares(),
    real,
    fake: Object.values(right.totals()).reduce((sum, total) => sum + total, 0),
    seed,
  };
}

/** The class of each row: its label, or else what most classifiers say of its own forms, the first of them where opinions are divided. */
async function classesOfRows(piece: JointRows, classifiers: Classifiers): Promise<number[]> {
  const classes = Array.from({ length: piece.count }, (_, row) => piece.labels?.[row] ?? NO_CLASS);
  if (classes.every((each) => each !== NO_CLASS)) return classes;
  const votes = classes.map(() => new Map<number, number>());
  for (const [name, found] of Object.entries(await classesOf(piece.samples, classifiers))) {
    for (const row of piece.having([name])) {
      const each = found[row]!;
      if (each !== NO_CLASS) votes[row]!.set(each, (votes[row]!.get(each) ?? 0) + 1);
    }
  }
  return classes.map((label, row) => {
    if (label !== NO_CLASS) return label;
    const [winner] = [...votes[row]!].sort(([, a], [, b]) => b - a);
    return winner?.[0] ?? NO_CLASS;
  });
}
