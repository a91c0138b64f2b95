import { Random } from '@polygan/core';
import type { Score, Scores } from '@polygan/core/node';
import type { AnyModality, ModalityCommands, OpenedData } from '../modalities/modality-commands.js';
import { suggestion } from '../settings/nearest-name.js';
import { UserError } from '../terminal/failure.js';
import { counted, figure } from '../terminal/format.js';
import { measured, type Piece, realSamples, type Side } from './measured-samples.js';
import { type ComparedSets, MEASURES } from './score-table.js';

/** Fewer samples than this on a side say nothing. */
export const FEWEST = 10;

/** A modality whose samples are compared by features: tensors of one form. */
export type ModalityWithFeatures = ModalityCommands & Required<Pick<ModalityCommands, 'features'>>;

/** Whether samples of a modality are compared by features. */
export function hasFeatures(modality: AnyModality): modality is ModalityWithFeatures {
  return modality.features !== undefined;
}

/** @throws UserError if a modality has no features of that name */
export function checkFeatures({ featureNames }: AnyModality, name: string): void {
  const known = ['auto', ...featureNames];
  if (!known.includes(name)) throw new UserError(`--features: unknown '${name}'${suggestion(name, known)}`);
}

/** What real samples are compared with others by. */
export interface Comparison {
  /** The real ones, and where they are from. */
  readonly data: OpenedData;
  readonly source: string;
  /** Samples of each side; no more than half of the real ones are compared. */
  readonly count: number;
  /** The name of a feature network, or 'auto'. */
  readonly features: string;
  readonly seed: number;
  /** How many classes take turns in the samples that are scored; absent where they do not. */
  readonly classes?: number;
  readonly onProgress: (share: number, text: string) => void;
}

/** What {@link compareSides} found. */
export interface ComparedSides {
  /** Samples of each side. */
  readonly count: number;
  readonly scores: Omit<Scores, 'step'>;
  /** Real samples, others, and those that were scored. */
  readonly sides: Readonly<Record<'reference' | 'others' | 'fake', Side>>;
  /** The numbers of the real samples on both sides, the reference's first. */
  readonly chosen: Uint32Array;
}

/** Scores samples against real ones, and other real ones beside. @param make gives so many of the samples that are scored */
export async function compareSides(
  modality: ModalityWithFeatures,
  { data, source, onProgress, seed, ...asked }: Comparison,
  make: (count: number) => AsyncGenerator<Piece>,
): Promise<ComparedSides> {
  const count = Math.min(asked.count, Math.floor(data.dataset.size / 2));
  if (count < FEWEST)
    throw new UserError(
      `${source} holds ${counted(data.dataset.size, modality.noun)}; at least ${2 * FEWEST} are needed to compare with`,
    );
  const features = await modality.features({ name: asked.features, source, data, seed, onProgress });
  const order = Random.fromSeed(seed).split('evaluate').permutation(data.dataset.size);
  const reference = await measured(realSamples(data.dataset, order.subarray(0, count)), features, (share) =>
    onProgress(share / 3, `looking at ${figure(count)} real ${modality.noun}s`),
  );
  const others = await measured(realSamples(data.dataset, order.subarray(count, 2 * count)), features, (share) =>
    onProgress((1 + share) / 3, `looking at ${figure(count)} others`),
  );
  const fake = await measured(make(count), features, (share) =>
    onProgress((2 + share) / 3, `looking at the ${modality.noun}s to score`),
  );
  const sides = { reference, others, fake };
  const measuredSides = {
    ...sides,
    generated: () => make(Math.min(asked.count, data.dataset.size)),
    ...(asked.classes !== undefined && { classes: asked.classes }),
  };
  const scores = [
    ...((await features.scores?.(measuredSides)) ?? []),
    ...(await scoresOf(sides, features.trained, seed, onProgress)),
  ];
  features.dispose();
  const realNames = `${figure(count)} of the ${figure(data.dataset.size)} ${modality.noun}s of ${source}`;
  return {
    count,
    sides,
    chosen: order.subarray(0, 2 * count),
    scores: { features: features.description, realSamples: realNames, seed, scores },
  };
}

async function scoresOf(
  { reference, others, fake }: Readonly<Record<'reference' | 'others' | 'fake', Side>>,
  trained: boolean,
  seed: number,
  onProgress: (share: number, title: string) => void,
): Promise<Score[]> {
  const setsFor = (candidates: Side): ComparedSets => ({
    reference: reference.features,
    candidates: candidates.features,
    others: others.features,
    referenceSamples: reference.samples,
    candidateSamples: candidates.samples,
  });
  const counts = { real: reference.features.rows, fake: fake.features.rows };
  const measures = MEASURES.filter(({ untrainedOnly }) => !(untrainedOnly && trained));
  const scores: Score[] = [];
  for (const [i, { figures, compute }] of measures.entries()) {
    onProgress(i / measures.length, figures[0]!.title);
    const values = await compute(setsFor(fake), seed);
    const realValues = await compute(setsFor(others), seed);
    scores.push(...figures.map((described, j) => ({ ...described, value: values[j]!, realValue: realValues[j]!, ...counts })));
  }
  return scores;
}
