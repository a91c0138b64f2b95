import { type Dataset, type MetricResult, positiveInteger, resolveOptions } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { JointBatch } from '../data/joint-batch.js';
import type { MultimodalModel } from '../multimodal-model.js';
import { nameOfDirection } from './directions.js';
import { jointRows } from './joint-rows.js';
import { rowsField, seedField } from './score-options.js';
import { translations } from './translations.js';
import type { Variety } from './variety.js';

/** Options of {@link conditionalDiversity}. */
export interface ConditionalDiversityOptions {
  /** How many rows of the data are translated, in every direction. Default 32. */
  readonly rows?: number;
  /** How many answers each gets. Default 8. */
  readonly answers?: number;
  /** Draws the rows and the answers. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link conditionalDiversity}. */
export interface ConditionalDiversity extends MetricResult {
  readonly name: 'conditionalDiversity';
  /** By direction ('image→text'): how different the answers to one condition are, mean over the conditions. */
  readonly directions: Readonly<Record<string, number>>;
  /**
   * By modality: how different as many real samples of different things are, which a direction's figure is to be compared with. Absent where there are fewer
   * rows than answers.
   */
  readonly ofReal: Readonly<Record<string, number>>;
  readonly answers: number;
}

const schema = { rows: rowsField(32), answers: positiveInteger({ min: 2, default: 8 }), seed: seedField };

/**
 * Are there many answers where many are right? Translates each row several times and measures how different the answers are. A model that gives every
 * picture the one sound can be coherent and has a diversity of 0; one that answers as differently as if nothing had been given ignores it.
 *
 * @param varieties by modality how difference is measured: {@link pairwiseDistance}, {@link distinctShare}; modalities without one are left out
 */
export async function conditionalDiversity(
  model: Pick<MultimodalModel, 'modalities' | 'translate'>,
  dataset: Dataset<JointBatch>,
  varieties: Readonly<Record<string, Variety>>,
  options: ConditionalDiversityOptions = {},
): Promise<ConditionalDiversity> {
  const { rows, answers, seed } = resolveOptions('conditionalDiversity', options, schema);
  const measured = Object.keys(model.modalities).filter((name) => Object.hasOwn(varieties, name));
  const directions = new Map<string, number[]>();
  const ofReal = new Map<string, number[]>();
  let real = 0;
  for await (const piece of jointRows(dataset, { rows, seed, piece: answers })) {
    for await (const { given, forms, rows: having } of translations(model, piece, measured, {
      seed: `${seed}:${real}`,
      answers,
    })) {
      for (const [to, samples] of Object.entries(forms)) {
        for (const row of having) {
          note(directions, nameOfDirection(given, to), await varietyOf(varieties[to]!, samples, row * answers, answers));
        }
      }
    }
    // Where a row lacks the form another real sample stands in, which is as good here.
    if (piece.count === answers) {
      for (const name of measured) note(ofReal, name, await varieties[name]!(piece.samples[name]!));
    }
    real += piece.count;
  }
  return {
    name: 'conditionalDiversity',
    directions: means(directions),
    ofReal: means(ofReal),
    answers,
    real,
    fake: [...directions.values()].reduce((sum, { length }) => sum + length * answers, 0),
    seed,
  };
}

function note(lists: Map<string, number[]>, name: string, value: number): void {
  lists.set(name, [...(lists.get(name) ?? []), value]);
}

function means(lists: ReadonlyMap<string, readonly number[]>): Record<string, number> {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return Object.fromEntries([...lists].map(([name, values]) => [name, mean(values)]));
}

async function varietyOf(variety: Variety, samples: tf.Tensor, from: number, count: number): Promise<number> {
  const some = samples.slice(from, count);
  try {
    return await variety(some);
  } finally {
    some.dispose();
  }
}
