import { soundFolder } from '@polygan/audio/node';
import { nested, optional, optionsOf, type Schema, withDefaults } from '@polygan/core';
import { type FormFiles, jointFiles } from '@polygan/core/node';
import { pictureFolder } from '@polygan/image/node';
import {
  FORM_NAMES,
  type FormName,
  MULTIMODAL_DEFAULTS,
  MULTIMODAL_MODELS,
  SHARED_OPTIONS,
  type TextShape,
} from '@polygan/models';
import type { JointBatch, JointSamples } from '@polygan/multimodal';
import { oneHotTextModality, tokenizerFrom } from '@polygan/text';
import { anyOf } from '../settings/any-of.js';
import { isSection, type Section } from '../settings/settings.js';
import { openFolderOfThings } from './folder-of-things.js';
import { FORMS } from './forms.js';
import type { JointData } from './joint-data.js';
import { scoreThings } from './joint-scores/score-things.js';
import { surveyThings } from './joint-survey.js';
import type { ModalityCommands } from './modality-commands.js';
import { READY_MADE_THINGS } from './ready-made-things.js';
import { textOptions } from './text.js';

/** Things in several forms: what the commands need to know of them. */
export const multimodal: ModalityCommands<JointSamples, JointBatch> = {
  kind: 'multimodal',
  noun: 'thing',
  models: MULTIMODAL_MODELS,
  readyMade: Object.keys(READY_MADE_THINGS),
  sharedOptions: FORM_NAMES.flatMap((name) => SHARED_OPTIONS[name].map((option) => `modalities.${name}.${option}`)),
  defaults: { training: MULTIMODAL_DEFAULTS.training, recording: MULTIMODAL_DEFAULTS.recording },
  openData,
  dataOptions,
  files: (model, columns) => jointFiles(formFiles(model), columns === undefined ? {} : { columns }),
  toNumpy: (samples, form) => FORMS[form as FormName].toNumpy(samples),
  survey: async (source, onProgress) => surveyThings(await openData({ source, options: {}, onProgress })),
  featureNames: [],
  scores: scoreThings,
};

function dataOptions(): Schema {
  const readyMade = Object.values(READY_MADE_THINGS).map((open) => optionsOf(() => open({})));
  const { modalities: _, ...options } = anyOf(
    ...readyMade,
    optionsOf(() => openFolderOfThings({ source: '', options: {} })),
  );
  const forms: Readonly<Record<FormName, Schema>> = {
    image: optionsOf(() => pictureFolder('', { size: 1 })),
    audio: optionsOf(() => soundFolder('')),
    text: textOptions(),
  };
  const each = FORM_NAMES.map((name) => [name, optional(nested(withDefaults(forms[name], MULTIMODAL_DEFAULTS.data[name])))]);
  return { ...options, modalities: nested(Object.fromEntries(each)) };
}

async function openData(request: Parameters<ModalityCommands['openData']>[0]): Promise<JointData> {
  const readyMade = READY_MADE_THINGS[request.source];
  return readyMade ? readyMade(request.options) : openFolderOfThings(request);
}

/** How each form of what a model with these options makes becomes files. */
export function formFiles({ modalities }: Section): Readonly<Record<string, FormFiles>> {
  const forms = Object.entries(isSection(modalities) ? modalities : {});
  return Object.fromEntries(forms.map(([name, form]) => [name, filesOf(name as FormName, form as Section)]));
}

function filesOf(name: FormName, options: Section): FormFiles {
  if (name !== 'text') return FORMS[name].files(options);
  const { tokenizer, length } = options as unknown as TextShape;
  return oneHotTextModality({ tokenizer: tokenizerFrom(tokenizer), length });
}
