import { type Dataset, type MetricResult, resolveOptions } from '@polygan/core';
import type { JointBatch } from '../data/joint-batch.js';
import type { MultimodalModel } from '../multimodal-model.js';
import { NO_CLASS } from './classify.js';
import { nameOfForms, subsetsOf } from './directions.js';
import { formsOf, jointRows } from './joint-rows.js';
import { rowsField, seedField } from './score-options.js';
import { type LabelledRows, softmaxRegression } from './softmax-regression.js';

/** Options of {@link linearProbe}. */
export interface LinearProbeOptions {
  /** How many rows of each data set are read. Default 1,000. */
  readonly rows?: number;
  /** Draws the rows. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link linearProbe}. */
export interface LinearProbe extends MetricResult {
  readonly name: 'linearProbe';
  /** Mean of {@link forms}. */
  readonly value: number;
  /** By the forms that codes are read from ('image', 'image+audio'): the share of test rows whose class the probe tells, 0 to 1. */
  readonly forms: Readonly<Record<string, number>>;
}

const schema = { rows: rowsField(1000), seed: seedField };

/**
 * How plainly codes say what a thing is: a linear classifier, {@link softmaxRegression}, learns the classes of some rows from their codes, and is asked for
 * those of others; once for every set of forms that codes can be read from (linear classification of latents, as MMVAE, 1911.03393, and MoPoE, 2105.02470,
 * report it).
 *
 * @param learn labelled rows that the probe learns from; those of {@link NO_CLASS} are left out
 * @param test labelled rows that it is asked about
 * @throws if there are no labels, or no row of both data sets has the same forms
 */
export async function linearProbe(
  model: Pick<MultimodalModel, 'modalities' | 'read'>,
  learn: Dataset<JointBatch>,
  test: Dataset<JointBatch>,
  options: LinearProbeOptions = {},
): Promise<LinearProbe> {
  const { rows, seed } = resolveOptions('linearProbe', options, schema);
  const learnt = await codesByForms(model, learn, { rows, seed });
  const asked = await codesByForms(model, test, { rows, seed });
  const forms: Record<string, number> = {};
  for (const [name, examples] of learnt) {
    const questions = asked.get(name);
    if (!questions) continue;
    const [scaled, others] = standardized(examples, questions);
    const classes = 1 + Math.max(...examples.labels, ...questions.labels);
    const answers = softmaxRegression(scaled, classes).classify(others.values);
    forms[name] = answers.filter((answer, row) => answer === others.labels[row]).length / answers.length;
  }
  const shares = Object.values(forms);
  if (shares.length === 0) throw new Error('linearProbe: no rows of both data sets have the same forms');
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { name: 'linearProbe', value, forms, real: Math.min(rows, test.size), fake: 0, seed };
}

/** Codes and classes of rows, by the forms that the codes are read from. */
async function codesByForms(
  model: Pick<MultimodalModel, 'modalities' | 'read'>,
  dataset: Dataset<JointBatch>,
  options: { rows: number; seed: number | string },
): Promise<Map<string, LabelledRows>> {
  const found = new Map<string, { values: number[]; columns: number; labels: number[] }>();
  for await (const piece of jointRows(dataset, options)) {
    const { labels } = piece;
    if (!labels) throw new Error('linearProbe: the rows have no classes; give jointDataset labels');
    for (const given of subsetsOf(Object.keys(model.modalities))) {
      const having = piece.having(given).filter((row) => labels[row] !== NO_CLASS);
      if (having.length === 0) continue;
      const codes = model.read(formsOf(piece.samples, given));
      const [, columns] = codes.shape;
      const values = await codes.data();
      codes.dispose();
      const name = nameOfForms(given);
      const known = found.get(name) ?? { values: [], columns, labels: [] };
      found.set(name, known);
      for (const row of having) {
        known.values.push(...values.subarray(row * columns, (row + 1) * columns));
        known.labels.push(labels[row]!);
      }
    }
  }
  return new Map([...found].map(([name, rows]) => [name, { ...rows, values: Float64Array.from(rows.values) }]));
}

/** Both with every column moved and scaled so that the first has mean 0 and variance 1. */
function standardized(first: LabelledRows, second: LabelledRows): [LabelledRows, LabelledRows] {
  const { columns, values } = first;
  const rows = first.labels.length;
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (const [i, value] of values.entries()) {
    mean[i % columns]! += value / rows;
    square[i % columns]! += value ** 2 / rows;
  }
  const scale = square.map((each, j) => 1 / Math.sqrt(Math.max(each - mean[j]! ** 2, 1e-12)));
  const apply = (some: LabelledRows): LabelledRows => ({
    ...some,
    values: some.values.map((value, i) => (value - mean[i % columns]!) * scale[i % columns]!),
  });
  return [apply(first), apply(second)];
}
