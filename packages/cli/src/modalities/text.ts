import path from 'node:path';
import { optional, optionsOf, type Schema } from '@polygan/core';
import { firstNames, sentences } from '@polygan/datasets/node';
import { modelOptions, SHARED_OPTIONS, TEXT_MODELS, type TextShape } from '@polygan/models';
import { oneHotTextModality, type TokenizerDescription, textModality, tokenizerFrom } from '@polygan/text';
import { type OpenTextsOptions, openTexts, type TextDataset, TextOptionError, textDataset, textFiles } from '@polygan/text/node';
import * as tf from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { counted } from '../terminal/format.js';
import type { DataRequest, ModalityCommands, OpenedData } from './modality-commands.js';
import { scoreTexts } from './text-scores.js';
import { remarksOn, surveyOfTexts } from './text-survey.js';
import { heldOutLikelihood, textTraining } from './text-training.js';

/** The ready-made sets. */
const READY_MADE = { names: firstNames, sentences } as const;

/** Share of the texts that is kept from training, so that `polygan evaluate` has something to compare with. */
const HELD_OUT = 0.1;

/** Of few texts a larger share is kept: about so many, and not more than such a share. */
const SMALL_HELD_OUT = 30;
const MOST_HELD_OUT = 0.3;

/** Texts: what the commands need to know of them. */
export const text: ModalityCommands = {
  kind: 'text',
  noun: 'text',
  models: TEXT_MODELS,
  readyMade: Object.keys(READY_MADE),
  sharedOptions: SHARED_OPTIONS.text,
  openData,
  dataOptions: textOptions,
  fitting: (kind, { dataset }, training) => textTraining(kind, dataset as TextDataset, training),
  measure: (model, { dataset }) => heldOutLikelihood(model, dataset as TextDataset),
  // Rows of tokens, or of one-hot tokens: the model decides.
  files(model, columns = 1) {
    const { tokenizer, length } = model as unknown as TextShape;
    const parts = { tokenizer: tokenizerFrom(tokenizer), length };
    const tokens = textFiles(textModality(parts), { columns });
    const oneHot = textFiles(oneHotTextModality(parts), { columns });
    const fitting = (samples: tf.Tensor) => (samples.rank === 3 ? oneHot : tokens);
    return {
      previewExtension: tokens.previewExtension,
      writePreview: (samples, path) => fitting(samples).writePreview(samples, path),
      writeEach: (samples, directory, first) => fitting(samples).writeEach(samples, directory, first),
    };
  },
  async toNumpy(samples) {
    const tokens = tf.tidy(() => tf.cast(samples.rank === 3 ? tf.argMax(samples, -1) : samples, 'int32'));
    const values = Int32Array.from(await tokens.data());
    const { shape } = tokens;
    tokens.dispose();
    return { dtype: '<i4', shape, bytes: Buffer.from(values.buffer) };
  },
  survey: async (source, onProgress) =>
    surveyOfTexts((await openData({ source, options: {}, onProgress })).dataset as TextDataset),
  featureNames: [],
  scores: scoreTexts,
};

/** How texts are read, or what they were read by before. */
export function textOptions(): Schema {
  const { tokenizer } = modelOptions('text', 'rnn');
  return { ...optionsOf(() => openTexts('')), tokenizer: optional(tokenizer!) };
}

async function openData({ source, options, onProgress, signal }: DataRequest): Promise<OpenedData> {
  const { tokenizer: described, form: keepsForm = true, ...rest } = options as Section & { tokenizer?: Section };
  if (typeof keepsForm !== 'boolean') throw new UserError(`data.form is true or false, got ${JSON.stringify(keepsForm)}`);
  const watched: Pick<OpenTextsOptions, 'onProgress' | 'signal'> = {
    onProgress: ({ stage, share }) => onProgress?.(share, `reading ${path.basename(source)}: ${stage}`),
    ...(signal && { signal }),
  };
  const open = (heldOut: number) => {
    const how = {
      heldOut,
      ...rest,
      ...(described && { tokenizer: tokenizerFrom(described as unknown as TokenizerDescription) }),
    } as OpenTextsOptions;
    return isReadyMade(source) ? readyMade(source, how) : openTexts(source, { ...how, ...watched }).catch(inSettings);
  };
  let heldOut = HELD_OUT;
  let dataset = await open(heldOut);
  const count = dataset.size + (dataset.heldOut?.size ?? 0);
  if (rest.heldOut === undefined && count * HELD_OUT < SMALL_HELD_OUT) {
    heldOut = Math.min(MOST_HELD_OUT, SMALL_HELD_OUT / count);
    dataset = await open(heldOut);
  }
  const { length, skipped } = dataset;
  const shared = { tokenizer: dataset.tokenizer.toJSON() as unknown as Section, length };
  const form = keepsForm ? (dataset.form() as unknown as Section) : [];
  return {
    dataset,
    shared: { ...shared, form },
    options: { heldOut, ...(!keepsForm && { form: false }), ...rest, ...shared },
    skipped: reasons(skipped, length),
    remarks: remarksOn(count),
  };
}

/** What has to be said of the texts, as a setting of the command line. */
function inSettings(error: unknown): never {
  if (!(error instanceof TextOptionError)) throw error;
  const { problem, option, value = 'NAME' } = error;
  throw new UserError(`${problem} train with --set data.${option}=${value}`, { cause: error });
}

function isReadyMade(source: string): source is keyof typeof READY_MADE {
  return Object.hasOwn(READY_MADE, source);
}

async function readyMade(source: keyof typeof READY_MADE, options: OpenTextsOptions): Promise<TextDataset> {
  const { texts, labels, classNames } = await READY_MADE[source]();
  const samples = texts.map((each, i) => ({ text: each, ...(labels && classNames && { className: classNames[labels[i]!]! }) }));
  return textDataset(samples, options);
}

function reasons({ empty, tooLong }: TextDataset['skipped'], length: number): OpenedData['skipped'] {
  return [
    ...(empty > 0 ? [{ name: counted(empty, 'line'), reason: 'empty' }] : []),
    ...(tooLong > 0
      ? [{ name: counted(tooLong, 'text'), reason: `longer than ${length} tokens; --length takes longer ones` }]
      : []),
  ];
}
