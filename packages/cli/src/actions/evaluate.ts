import { Random } from '@polygan/core';
import { type Run, type Score, type Scores, saveScores, writeReport } from '@polygan/core/node';
import { exhibitSides } from '../evaluation/exhibit-sides.js';
import { generatedSamples, measured, realSamples, type Side } from '../evaluation/measured-samples.js';
import { type ComparedSets, MEASURES } from '../evaluation/score-table.js';
import { modalityOf } from '../modalities/modalities.js';
import type { AnyBatch, AnyModality, AnySamples, ModalityCommands } from '../modalities/modality-commands.js';
import { openGenerator } from '../modalities/open-generator.js';
import { suggestion } from '../settings/nearest-name.js';
import { sectionWith, valueAt } from '../settings/setting-path.js';
import { mergeSections, type Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { columns, counted, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { openDataShown } from './open-data-shown.js';
import { comesWithPolygan, openRun } from './open-run.js';

/** The flags of `polygan evaluate`. */
export interface EvaluateFlags extends EngineFlags {
  readonly real?: string;
  readonly count: number;
  readonly features: string;
  readonly seed: number;
}

/** Fewer samples than this on a side say nothing. */
const FEWEST = 10;

/** Scores the samples of a run against real ones, with the scores of other real samples beside; keeps them in the run. */
export async function evaluate(directory: string, flags: EvaluateFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  const modality = modalityOf(run.record);
  checkFeatures(modality, flags.features);
  await chooseEngine(flags);
  const source = flags.real ?? run.record.data.source;
  const asked: Asked = { run, source, flags, output };
  const { count, scores } = await (hasFeatures(modality) ? byFeatures(modality, asked) : byOwnScores(modality, asked));
  tell(scores, count, modality, output);
  if (!comesWithPolygan(run)) {
    await saveScores(run.directory, scores);
    await writeReport(run);
    output.say('Kept in scores.json and report.html of the run.');
  }
  output.data({ run: run.directory, count, ...scores });
  return 0;
}

interface Asked {
  readonly run: Run;
  readonly source: string;
  readonly flags: EvaluateFlags;
  readonly output: Output;
}

interface Evaluated {
  readonly count: number;
  readonly scores: Scores;
}

async function openBoth<S extends AnySamples, B extends AnyBatch>(
  modality: ModalityCommands<S, B>,
  { run, source, flags, output }: Asked,
) {
  const options = dataOptions(run, modality, flags.real);
  const data = await blamingInput(openDataShown(modality, { source, options }, output));
  const model = await openGenerator(run, modality);
  const progress = showProgress(output);
  const step = (await run.checkpoints.best())?.step ?? (await run.checkpoints.steps()).at(-1) ?? 0;
  return { data, model, progress, step, onProgress: (share: number, text: string) => progress.update(share, text) };
}

/** By what the modality itself has for scores. */
async function byOwnScores(modality: AnyModality, asked: Asked): Promise<Evaluated> {
  const { source, flags } = asked;
  const { count, seed } = flags;
  const { data, model, progress, step, onProgress } = await openBoth(modality, asked);
  try {
    const own = await modality.scores!({ model, data, source, count, seed, onProgress });
    return { count, scores: { step, seed, ...own } };
  } finally {
    progress.end();
    model.dispose();
  }
}

/** By features of samples on both sides. */
async function byFeatures(modality: ModalityWithFeatures, asked: Asked): Promise<Evaluated> {
  const { run, source, flags } = asked;
  const { data, model, progress, step, onProgress } = await openBoth(modality, asked);
  const count = Math.min(flags.count, Math.floor(data.dataset.size / 2));
  if (count < FEWEST)
    throw new UserError(
      `${source} holds ${counted(data.dataset.size, modality.noun)}; at least ${2 * FEWEST} are needed to compare with`,
    );
  const features = await modality.features({ name: flags.features, source, data, seed: flags.seed, onProgress });
  const order = Random.fromSeed(flags.seed).split('evaluate').permutation(data.dataset.size);
  const reference = await measured(realSamples(data.dataset, order.subarray(0, count)), features, (share) =>
    onProgress(share / 3, `looking at ${figure(count)} real ${modality.noun}s`),
  );
  const others = await measured(realSamples(data.dataset, order.subarray(count, 2 * count)), features, (share) =>
    onProgress((1 + share) / 3, `looking at ${figure(count)} others`),
  );
  const fake = await measured(generatedSamples(modality, model, count, flags.seed), features, (share) =>
    onProgress((2 + share) / 3, `making ${figure(count)} ${modality.noun}s`),
  );

  // Classes of other data may be others.
  const { classes } = flags.real === undefined ? run.record.model.options : {};
  const sides = { reference, others, fake, ...(typeof classes === 'number' && { classes }) };
  const scores: Scores = {
    step,
    features: features.description,
    realSamples: `${figure(count)} of the ${figure(data.dataset.size)} ${modality.noun}s of ${source}`,
    seed: flags.seed,
    scores: [
      ...((await features.scores?.(sides)) ?? []),
      ...(await scoresOf(sides, features.trained, flags.seed, (share, title) => onProgress(share, title))),
    ],
  };
  await exhibitSides(run, modality, { model, data, order, seed: flags.seed });
  progress.end();
  features.dispose();
  model.dispose();
  return { count, scores };
}

/** A modality whose samples are compared by features: tensors of one form. */
type ModalityWithFeatures = ModalityCommands & Required<Pick<ModalityCommands, 'features'>>;

function hasFeatures(modality: AnyModality): modality is ModalityWithFeatures {
  return modality.features !== undefined;
}

function checkFeatures({ featureNames }: AnyModality, name: string): void {
  const known = ['auto', ...featureNames];
  if (!known.includes(name)) throw new UserError(`--features: unknown '${name}'${suggestion(name, known)}`);
}

/** Other data are read in the form that the run's samples have. */
function dataOptions({ record }: Run, { sharedOptions }: Pick<AnyModality, 'sharedOptions'>, real: string | undefined): Section {
  const options = record.data.options as Section;
  if (real === undefined) return options;
  const shared = sharedOptions.flatMap((name) => {
    const value = valueAt(options, name);
    return value === undefined ? [] : [sectionWith(name, value)];
  });
  return shared.reduce(mergeSections, {});
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

function tell({ step, features, realSamples, scores }: Scores, count: number, { noun }: AnyModality, output: Output): void {
  output.say(`${counted(count, noun)} generated after ${figure(step)} steps, against ${realSamples}, by ${features}`);
  const rows = scores.map(({ title, value, realValue, better }) => [
    title,
    figure(value),
    realValue === undefined ? '' : figure(realValue),
    better,
  ]);
  output.say(columns([['', 'generated', 'real', 'better'], ...rows]));
  output.say(
    `'real' is what other real ${noun}s get: nothing can be expected to be better.`,
  );
}
