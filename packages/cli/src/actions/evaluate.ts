import { type Run, type Scores, saveScores, writeReport } from '@polygan/core/node';
import { checkFeatures, compareSides, hasFeatures, type ModalityWithFeatures } from '../evaluation/compare-sides.js';
import { generatedSamples } from '../evaluation/measured-samples.js';
import { tellScores } from '../evaluation/tell-scores.js';
import { modalityOf } from '../modalities/modalities.js';
import type { AnyBatch, AnyModality, AnySamples, ModalityCommands } from '../modalities/modality-commands.js';
import { openGenerator } from '../modalities/open-generator.js';
import { takeLastWeights } from '../modalities/take-last-weights.js';
import { sectionWith, valueAt } from '../settings/setting-path.js';
import { mergeSections, type Section } from '../settings/settings.js';
import { chooseEngine, type EngineFlags } from '../terminal/engine-choice.js';
import { blamingInput } from '../terminal/failure.js';
import { counted, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { conditionsOfRun } from './conditions-of-run.js';
import { exhibitSides } from './exhibit-sides.js';
import { openDataShown } from './open-data-shown.js';
import { comesWithPolygan, openRun } from './open-run.js';

/** The flags of `polygan evaluate`. */
export interface EvaluateFlags extends EngineFlags {
  readonly real?: string;
  readonly count: number;
  readonly features: string;
  readonly seed: number;
  /** Whether a GAN samples with its last weights in place of their average. */
  readonly lastWeights?: boolean;
}

/** Scores the samples of a run against real ones, with the scores of other real samples beside; keeps them in the run. */
export async function evaluate(directory: string, flags: EvaluateFlags, output: Output): Promise<number> {
  const run = await openRun(directory);
  const modality = modalityOf(run.record);
  await chooseEngine(flags);
  const { count, scores } = await scoresOf(run, flags, output, { isShown: !flags.lastWeights });
  const weights = flags.lastWeights ? ' with the last weights' : '';
  tellScores(`${counted(count, modality.noun)} generated after ${figure(scores.step)} steps${weights}`, scores, modality, output);
  // The run's own scores are those of what it samples with.
  if (!flags.lastWeights && !comesWithPolygan(run)) {
    await saveScores(run.directory, scores);
    await writeReport(run);
    output.say('Kept in scores.json and report.html of the run.');
  }
  output.data({ run: run.directory, count, ...scores });
  return 0;
}

/** Scores of the model that lies in a folder. @param isShown whether to show samples in its report */
export async function scoresOf(
  run: Run,
  flags: EvaluateFlags,
  output: Output,
  { isShown }: { readonly isShown: boolean },
): Promise<Evaluated> {
  const modality = modalityOf(run.record);
  checkFeatures(modality, flags.features);
  const source = flags.real ?? run.record.data.source;
  const asked: Asked = { run, source, flags, output, isShown };
  return hasFeatures(modality) ? byFeatures(modality, asked) : byOwnScores(modality, asked);
}

interface Asked {
  readonly isShown: boolean;
  readonly run: Run;
  readonly source: string;
  readonly flags: EvaluateFlags;
  readonly output: Output;
}

/** What was found, and of how many samples. */
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
  if (flags.lastWeights) {
    await takeLastWeights(model, run).catch((error: unknown) => {
      model.dispose();
      throw error;
    });
  }
  const progress = showProgress(output);
  const step = (await run.modelStep()) ?? 0;
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
  const { seed } = flags;
  // Classes of other data may be others.
  const { classes } = flags.real === undefined ? run.record.model.options : {};
  const dataset = flags.real === undefined ? data.dataset : undefined;
  const conditions = await conditionsOfRun(
    run,
    modality as unknown as AnyModality,
    { count: flags.count, seed, dataset },
    asked.output,
  );
  const compared = await compareSides(
    modality,
    { ...flags, data, source, onProgress, ...(typeof classes === 'number' && { classes }) },
    (count) => generatedSamples(modality, model, count, { seed, conditions }),
  );
  const told = conditions && dataset ? await modality.conditionScores?.({ data, model, conditions, compared, seed }) : undefined;
  if (asked.isShown) await exhibitSides(run, modality, { model, data, seed, conditions, ...compared });
  progress.end();
  conditions?.dispose();
  model.dispose();
  const scores = { ...compared.scores, scores: [...(told ?? []), ...compared.scores.scores] };
  return { count: compared.count, scores: { step, ...scores } };
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
