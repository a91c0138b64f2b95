import type { LoopOptions } from '@polygan/core';
import { Run, resumeInRun } from '@polygan/core/node';
import { modalityOf, modelNamed } from '../modalities/modalities.js';
import { datasetFor, filesFor } from '../modalities/model-form.js';
import { furtherLimit } from '../settings/further-limit.js';
import { settingsFromFlags } from '../settings/set-flags.js';
import { settingNames } from '../settings/setting-names.js';
import { mergeSections, type Section } from '../settings/settings.js';
import { commandName } from '../terminal/command-name.js';
import { chooseEngine, type EngineFlags, warnIfSlow } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { figure, shellWord } from '../terminal/format.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { followTraining } from './follow-training.js';
import { openDataShown } from './open-data-shown.js';
import { resolveRecording } from './recording.js';

/** The flags of `polygan resume`. */
export interface ResumeFlags extends EngineFlags {
  /** In all, or with a plus sign: more. */
  readonly steps?: string;
  readonly minutes?: string;
  readonly seed?: number;
  readonly set?: readonly string[];
}

/** Goes on with a run from its last checkpoint. */
export async function resume(directory: string, flags: ResumeFlags, output: Output): Promise<number> {
  const run = await Run.open(directory);
  const { record } = run;
  const modality = modalityOf(record);
  const { training, recording, ...rest } = settingsFromFlags(flags.set ?? [], () => settingNames(modality));
  if (Object.keys({ ...rest.data, ...rest.model }).length > 0) {
    throw new UserError('--set: data and model of a run stay as they are; only training and recording can change');
  }
  if (flags.seed !== undefined && flags.seed !== record.training.seed) {
    throw new UserError(`the seed of this run is ${record.training.seed}; another one needs a new run`);
  }
  const done = (await run.checkpoints.steps()).at(-1) ?? 0;
  const limits = await limitsOf(run, done, flags);

  const interruption = onInterruption(() =>
    output.warn('Stopping after this step and saving; press Ctrl-C again to end at once.'),
  );
  try {
    const engine = await chooseEngine({ engine: record.engine, ...flags });
    const request = { source: record.data.source, options: record.data.options as Section, signal: interruption.signal };
    const data = await blamingInput(openDataShown(modality, request, output));
    const model = modelNamed(modality, record.model.kind)(record.model.options as Section);
    const changed = mergeSections(record.training as Section, training);
    const options = { ...changed, ...limits, signal: interruption.signal } as LoopOptions & object;
    const kept = resolveRecording({ ...record.recording, ...recording }, record.training as Section);
    const evaluate = modality.measure?.(model, data);
    const reports = resumeInRun(run, model, datasetFor(modality, model, data.dataset), options, {
      files: filesFor(modality, model),
      ...kept,
      ...(evaluate && { evaluate }),
    });
    warnIfSlow(engine, output);
    output.say(`Going on with ${directory} from step ${figure(done)} with the engine ${engine.name}`);
    output.data({ event: 'start', run: directory, step: done, engine: engine.name, skipped: data.skipped });
    const exitCode = await followTraining(reports, {
      directory,
      noun: modality.noun,
      model,
      output,
      interruption,
      tensorBoard: kept.tensorBoard,
    });
    model.dispose();
    return exitCode;
  } finally {
    interruption.dispose();
  }
}

/** The limits that the flags ask for, in place of the run's; the run's own without flags, if they have not been reached. */
async function limitsOf(
  run: Run,
  steps: number,
  flags: ResumeFlags,
): Promise<Partial<Record<'steps' | 'minutes' | 'until', number | undefined>>> {
  const last = (await run.metrics.read()).filter((report) => report.step <= steps).at(-1);
  if (flags.steps === undefined && flags.minutes === undefined) {
    if (!last?.stopped || last.step < steps) return {};
    throw new UserError(
      `this run is finished (${figure(steps)} steps). To train it further: ${commandName()} resume ${shellWord(run.directory)} --steps +1000`,
    );
  }
  return {
    until: undefined,
    steps: flags.steps === undefined ? undefined : Math.round(furtherLimit('--steps', flags.steps, steps)),
    minutes: flags.minutes === undefined ? undefined : furtherLimit('--minutes', flags.minutes, (last?.seconds ?? 0) / 60),
  };
}
