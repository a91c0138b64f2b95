import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Dataset, type LoopOptions, resolveOptions, Training } from '@polygan/core';
import { modalityNamed, modelNamed } from '../modalities/modalities.js';
import type { AnyBatch, AnyModality, AnyModel, AnySamples, OpenedData } from '../modalities/modality-commands.js';
import { askableOptions, datasetFor, optionsFromData } from '../modalities/model-form.js';
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
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';
import { openDataShown } from './open-data-shown.js';
import { type Recording, resolveRecording } from './recording.js';

/** The flags of `polygan train …`, by name. */
export interface TrainFlags {
  readonly config?: string;
  readonly set?: readonly string[];
  /** All others: keys as in a config file. */
  readonly keys: Section;
}

/** A training that could begin: everything that was asked has been checked. */
export interface PreparedTraining {
  readonly modality: AnyModality;
  readonly settings: Settings;
  readonly recording: Recording;
  readonly engine: string;
  /** Where the data are, so that a run finds them again from wherever it is resumed. */
  readonly source: string;
  readonly data: OpenedData<AnyBatch>;
  /** The data as the model is trained on them. */
  readonly dataset: Dataset<AnyBatch>;
  readonly model: AnyModel<AnySamples, AnyBatch>;
  /** Of loop and method. */
  readonly options: LoopOptions & object;
  /** What is trained on what, in a line. */
  readonly title: string;
}

/**
 * Opens the data and makes the model that the flags ask for; the caller disposes of it.
 *
 * @throws UserError or OptionsError for whatever is wrong in what was asked, before anything is written
 */
export async function prepareTraining(
  kind: string,
  { config, set = [], keys }: TrainFlags,
  output: Output,
  signal: AbortSignal,
): Promise<PreparedTraining> {
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
  // Before the data are looked at, which may take long.
  resolveOptions(String(modelKind), modelOptions, askableOptions(modality, String(modelKind)));

  const engine = await chooseEngine(asked);
  const { source, data } = await openSource(modality, asked, output, signal);
  const fitting = modality.fitting?.(String(modelKind), data, asked.training);
  const settings = mergeSettings({ ...NO_SETTINGS, ...fitting }, asked);
  const recording = resolveRecording(settings.recording, settings.training);
  const given = { ...mergeSections(data.shared, modelOptions), ...classesOf(data, settings) };
  const looking = showProgress(output);
  const found = await blamingInput(
    optionsFromData(modality, String(modelKind), data, given, (share, text) => looking.update(share, text)),
  ).finally(() => looking.end());
  const model = makeModel({ ...given, ...found });
  const dataset = datasetFor(modality, model, data.dataset);
  const options = { ...settings.training, signal } as LoopOptions & object;
  // Options that are wrong are told before anything else is.
  try {
    await new Training(model, dataset, options).dispose();
  } catch (error) {
    model.dispose();
    throw error;
  }
  warnIfSlow(engine, output);
  const title = `${model.kind} on ${counted(data.dataset.size, modality.noun)} ${shapeText(data)} with the engine ${engine.name}`;
  return { modality, settings, recording, engine: engine.name, source, data, dataset, model, options, title };
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
