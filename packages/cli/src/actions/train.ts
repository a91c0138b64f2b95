import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Json, type LoopOptions, Training } from '@polygan/core';
import { type NewRun, trainInRun } from '@polygan/core/node';
import { modalityNamed, modelNamed } from '../modalities/modalities.js';
import type { AnyBatch, AnyModality, OpenedData } from '../modalities/modality-commands.js';
import { datasetFor, filesFor, optionsFromData } from '../modalities/model-form.js';
import { nearestName } from '../settings/nearest-name.js';
import { readConfig } from '../settings/read-config.js';
import { settingsFromFlags } from '../settings/set-flags.js';
import { settingNames } from '../settings/setting-names.js';
import { sectionWith, valueAt } from '../settings/setting-path.js';
import {
  isSection,
  mergeSections,
  mergeSettings,
  NO_SETTINGS,
  type Section,
  type Settings,
  settingsFrom,
} from '../settings/settings.js';
import { chooseEngine, warnIfSlow } from '../terminal/engine-choice.js';
import { blamingInput, UserError } from '../terminal/failure.js';
import { counted, figure } from '../terminal/format.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { followTraining } from './follow-training.js';
import { openDataShown } from './open-data-shown.js';
import { resolveRecording } from './recording.js';

/** The flags of `polygan train …`, by name. */
export interface TrainFlags {
  readonly config?: string;
  readonly set?: readonly string[];
  /** All others: keys as in a config file. */
  readonly keys: Section;
}

/** Trains a model in a new run folder. */
export async function train(kind: string, { config, set = [], keys }: TrainFlags, output: Output): Promise<number> {
  const modality = modalityNamed(kind);
  const names = () => settingNames(modality);
  const layers = [
    { ...NO_SETTINGS, ...modality.defaults },
    config === undefined ? NO_SETTINGS : await readConfig(config, names),
    settingsFromFlags(set, names),
    settingsFrom(keys, 'train', names),
  ];
  const asked = agree(modality, mergeSettings(...layers));
  const { kind: modelKind = Object.keys(modality.models)[0]!, ...modelOptions } = asked.model;
  const makeModel = modelNamed(modality, String(modelKind));

  const interruption = onInterruption(() =>
    output.warn('Stopping after this step and saving; press Ctrl-C again to end at once.'),
  );
  try {
    const engine = await chooseEngine(asked);
    const { source, data } = await openSource(modality, asked, output, interruption.signal);
    for (const remark of data.remarks ?? []) output.say(`Note: ${remark}`);
    const fitting = modality.fitting?.(String(modelKind), data, asked.training);
    const settings = mergeSettings({ ...NO_SETTINGS, ...fitting }, asked);
    const recording = resolveRecording(settings.recording, settings.training);
    const given = { ...mergeSections(modelOptions, data.shared), ...classesOf(data, settings) };
    const looking = showProgress(output);
    const found = await blamingInput(
      optionsFromData(modality, String(modelKind), data, given, (share, text) => looking.update(share, text)),
    ).finally(() => looking.end());
    const model = makeModel({ ...given, ...found });
    const dataset = datasetFor(modality, model, data.dataset);
    const directory = settings.out ?? (await numberedFolder(source));
    const about: Omit<NewRun, 'model' | 'training'> = {
      modality: modality.kind,
      engine: engine.name,
      data: {
        source,
        options: data.options as Record<string, Json>,
        fingerprint: data.dataset.fingerprint,
        size: data.dataset.size,
        ...(data.dataset.classNames && { classNames: data.dataset.classNames }),
      },
      recording: { ...recording },
    };
    const options = { ...settings.training, signal: interruption.signal } as LoopOptions & object;
    // Options that are wrong are told before anything else is.
    await new Training(model, dataset, options).dispose();
    const evaluate = modality.measure?.(model, data);
    const reports = trainInRun(directory, about, model, dataset, options, {
      files: filesFor(modality, model),
      ...recording,
      ...(evaluate && { evaluate }),
    });
    warnIfSlow(engine, output);
    output.say(
      `${model.kind} on ${counted(data.dataset.size, modality.noun)} ${shapeText(data)} with the engine ${engine.name}, kept in ${directory}`,
    );
    output.data({
      event: 'start',
      run: directory,
      model: { kind: model.kind, options: model.options },
      ...about,
      skipped: data.skipped,
    });
    const exitCode = await followTraining(reports, {
      directory,
      noun: modality.noun,
      model,
      output,
      interruption,
    });
    model.dispose();
    return exitCode;
  } finally {
    interruption.dispose();
  }
}

/** Options that data and model share need to be said of one of them only. */
function agree({ sharedOptions }: AnyModality, settings: Settings): Settings {
  let { data } = settings;
  for (const name of sharedOptions) {
    const [ofData, ofModel] = [valueAt(data, name), valueAt(settings.model, name)];
    if (ofData !== undefined && ofModel !== undefined && !isDeepStrictEqual(ofData, ofModel)) {
      throw new UserError(`data.${name} is ${ofData} and model.${name} is ${ofModel}; they must be equal (say --${name} alone)`);
    }
    if (ofModel !== undefined) data = mergeSections(data, sectionWith(name, ofModel));
  }
  return { ...settings, data };
}

async function openSource(modality: AnyModality, { data: given }: Settings, output: Output, signal: AbortSignal) {
  const { source: named, ...options } = given;
  if (typeof named !== 'string') {
    throw new UserError(`say what to train on: --data with a path, or one of ${modality.readyMade.join(', ')}`);
  }
  // An absolute path: the run must find its data again from wherever it is resumed.
  const source = modality.readyMade.includes(named) ? named : path.resolve(named);
  const data = await blamingInput(openDataShown(modality, { source, options, signal }, output)).catch((error: Error) => {
    const near = nearestName(named, modality.readyMade);
    throw near && near !== named ? new UserError(`${error.message}. Or did you mean --data ${near}?`, { cause: error }) : error;
  });
  return { source, data };
}

/** The classes that a conditional model is to know. */
function classesOf({ dataset }: OpenedData<AnyBatch>, { conditional, data: { source } }: Settings): Section {
  if (!conditional) return {};
  const classes = dataset.classNames?.length ?? 0;
  if (classes < 2) {
    throw new UserError(`--conditional: ${source} has no classes; put the samples of each class into a sub-folder`);
  }
  return { classes };
}

/** What samples are like: their size, or the forms that they have. */
function shapeText({ shared: { modalities, ...shared } }: OpenedData<AnyBatch>): string {
  if (isSection(modalities)) return `in the forms ${Object.keys(modalities).join(', ')}`;
  const sizes = Object.entries(shared).filter(([, value]) => typeof value === 'number');
  return `of ${sizes.map(([name, value]) => `${name} ${figure(Number(value))}`).join(' and ')}`;
}

/** `runs/NAME-1`, or with the next number that no folder has. */
async function numberedFolder(source: string): Promise<string> {
  await mkdir('runs', { recursive: true });
  const name = path.basename(source).replace(/[^\w.-]+/g, '-');
  const numbers = (await readdir('runs')).flatMap((other) => {
    const number = other.startsWith(`${name}-`) ? Number(other.slice(name.length + 1)) : Number.NaN;
    return Number.isInteger(number) ? [number] : [];
  });
  return path.join('runs', `${name}-${Math.max(0, ...numbers) + 1}`);
}
