import { Random } from '@polygan/core';
import { Run, type Score, type Scores, saveScores, writeReport } from '@polygan/core/node';
import { generatedSamples, measured, realSamples, type Side } from '../evaluation/measured-samples.js';
import { type ComparedSets, MEASURES } from '../evaluation/score-table.js';
import { modalityOf } from '../modalities/modalities.js';
import type { ModalityCommands } from '../modalities/modality-commands.js';
import { openGenerator } from '../modalities/open-generator.js';
import { suggestion } from '../settings/nearest-name.js';
import type { Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { columns, counted, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { openDataShown } from './open-data-shown.js';

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
  const run = await Run.open(directory);
  const modality = modalityOf(run.record);
  checkFeatures(modality, flags.features);
  await chooseEngine(flags);
  const source = flags.real ?? run.record.data.source;
  const data = await blamingInput(openDataShown(modality, { source, options: dataOptions(run, modality, flags.real) }, output));
  const generator = await openGenerator(run);
  const progress = showProgress(output);
  const onProgress = (share: number, text: string) => progress.update(share, text);
  const step = (await run.checkpoints.best())?.step ?? (await run.checkpoints.steps()).at(-1) ?? 0;
  if (!modality.features) {
    const own = await modality.scores!({ model: generator, data, count: flags.count, seed: flags.seed, onProgress });
    progress.end();
    generator.dispose();
    return keep(run, { step, seed: flags.seed, ...own }, flags.count, modality, output);
  }

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
  const fake = await measured(generatedSamples(modality, generator, count, flags.seed), features, (share) =>
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
  progress.end();
  features.dispose();
  generator.dispose();
  return keep(run, scores, count, modality, output);
}

/** Keeps scores in the run, and shows them. */
async function keep(run: Run, scores: Scores, count: number, modality: ModalityCommands, output: Output): Promise<number> {
  await saveScores(run.directory, scores);
  await writeReport(run);
  tell(scores, count, modality, output);
  output.data({ run: run.directory, count, ...scores });
  return 0;
}

function checkFeatures({ featureNames }: ModalityCommands, name: string): void {
  const known = ['auto', ...featureNames];
  if (!known.includes(name)) throw new UserError(`--features: unknown '${name}'${suggestion(name, known)}`);
}

/** Other data are read in the form that the run's samples have. */
function dataOptions({ record }: Run, { sharedOptions }: ModalityCommands, real: string | undefined): Section {
  const options = record.data.options as Section;
  if (real === undefined) return options;
  return Object.fromEntries(Object.entries(options).filter(([name]) => sharedOptions.includes(name)));
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

function tell({ step, features, realSamples, scores }: Scores, count: number, { noun }: ModalityCommands, output: Output): void {
  output.say(`${counted(count, noun)} generated after ${figure(step)} steps, against ${realSamples}, by ${features}`);
  const rows = scores.map(({ title, value, realValue, better }) => [
    title,
    figure(value),
    realValue === undefined ? '' : figure(realValue),
    better,
  ]);
  output.say(columns([['', 'generated', 'real', 'better'], ...rows]));
  output.say(
    `'real' is what ${figure(count)} other real ${noun}s get: nothing can be expected to be better. Kept in scores.json and report.html of the run.`,
  );
}
