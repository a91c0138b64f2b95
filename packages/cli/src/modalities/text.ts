import { firstNames, sentences } from '@polygan/datasets/node';
import { oneHotTextModality, type TokenizerDescription, textModality, tokenizerFrom } from '@polygan/text';
import { type OpenTextsOptions, openTexts, type TextDataset, textDataset, textFiles } from '@polygan/text/node';
import * as tf from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';
import type { DataRequest, ModalityCommands, OpenedData } from './modality-commands.js';
import { TEXT_MODELS, type TextShape } from './text-model.js';
import { scoreTexts } from './text-scores.js';
import { surveyOfTexts } from './text-survey.js';

/** The ready-made sets. */
const READY_MADE = { names: firstNames, sentences } as const;

/** Share of the texts that is kept from training, so that `polygan evaluate` has something to compare with. */
const HELD_OUT = 0.1;

/** Texts: what the commands need to know of them. */
export const text: ModalityCommands = {
  kind: 'text',
  noun: 'text',
  models: TEXT_MODELS,
  readyMade: Object.keys(READY_MADE),
  sharedOptions: ['tokenizer', 'length'],
  openData,
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
  survey: async (source) => surveyOfTexts((await openData({ source, options: {} })).dataset as TextDataset),
  featureNames: [],
  scores: scoreTexts,
};

async function openData({ source, options }: DataRequest): Promise<OpenedData> {
  const { tokenizer: described, ...rest } = options as Section & { tokenizer?: Section };
  const how = {
    heldOut: HELD_OUT,
    ...rest,
    ...(described && { tokenizer: tokenizerFrom(described as unknown as TokenizerDescription) }),
  } as OpenTextsOptions;
  const dataset = await (isReadyMade(source) ? readyMade(source, how) : openTexts(source, how));
  const { length, skipped } = dataset;
  const shared = { tokenizer: dataset.tokenizer.toJSON() as unknown as Section, length };
  return { dataset, shared, options: { heldOut: HELD_OUT, ...rest, ...shared }, skipped: reasons(skipped, length) };
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
    ...(empty > 0 ? [{ name: `${empty} lines`, reason: 'empty' }] : []),
    ...(tooLong > 0 ? [{ name: `${tooLong} texts`, reason: `longer than ${length} tokens; --length takes longer ones` }] : []),
  ];
}
