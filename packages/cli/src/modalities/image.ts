import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type Batch,
  boolean,
  type Dataset,
  type InMemorySamples,
  inMemoryDataset,
  optionsOf,
  resolveOptions,
} from '@polygan/core';
import { fakePictureSamples } from '@polygan/datasets';
import { digitSamples, fashionMnistSamples } from '@polygan/datasets/node';
import { decodePictures, mirroredPictures, type PictureChannels, resizedPictures } from '@polygan/image';
import { openPictures, pictureFiles } from '@polygan/image/node';
import { IMAGE_MODELS, SHARED_OPTIONS } from '@polygan/models';
import { anyOf } from '../settings/any-of.js';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { askedConditions } from './asked-conditions.js';
import { conditionScores } from './condition-scores.js';
import { conditionedPictures, conditionOptions } from './conditioned-pictures.js';
import { IMAGE_FEATURES, imageFeatures } from './image-features.js';
import { surveyPictures } from './image-survey.js';
import type { DataRequest, ModalityCommands, OpenedData } from './modality-commands.js';

/** The ready-made sets; options that they do not know are left to {@link fit}. */
const READY_MADE: Readonly<Record<string, (options: Section) => Promise<InMemorySamples>>> = {
  digits: () => digitSamples(),
  'fashion-mnist': () => fashionMnistSamples(),
  fake: async (options) => fakePictureSamples(options),
};

/** What those of the ready-made sets keep that are split. */
const TEST_SAMPLES: Readonly<Record<string, () => Promise<InMemorySamples>>> = {
  digits: () => digitSamples({ split: 'test' }),
  'fashion-mnist': () => fashionMnistSamples({ split: 'test' }),
};

/** Pictures: what the commands need to know of them. */
export const image: ModalityCommands = {
  kind: 'image',
  noun: 'picture',
  models: IMAGE_MODELS,
  readyMade: Object.keys(READY_MADE),
  sharedOptions: SHARED_OPTIONS.image,
  openData,
  dataOptions: () =>
    anyOf(
      optionsOf(() => openPictures('')),
      optionsOf(() => fakePictureSamples()),
      ownOptions,
    ),
  files: (_, columns) => pictureFiles(columns === undefined ? {} : { columns }),
  async toNumpy(samples) {
    const pictures = await decodePictures(samples);
    return {
      dtype: '|u1',
      shape: samples.shape,
      bytes: Buffer.concat(pictures.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.length))),
    };
  },
  survey: async (source, onProgress) => surveyPictures(source, await openData({ source, options: {}, onProgress }), onProgress),
  features: imageFeatures,
  featureNames: IMAGE_FEATURES,
  conditions: askedConditions,
  conditionScores,
};

/** What can be done to any pictures. */
const ownOptions = { flip: boolean({ default: false }), ...conditionOptions };

async function openData({
  options: { flip: askedFlip, from, attributes, ...options },
  ...rest
}: DataRequest): Promise<OpenedData> {
  const { flip, ...conditions } = resolveOptions('data', { flip: askedFlip, from, attributes }, ownOptions);
  const request = { ...rest, options };
  const readyMade = READY_MADE[request.source];
  const opened = await (readyMade ? openReadyMade(request, readyMade) : openPath(request));
  const conditioned = await conditionedPictures(opened, conditions, request);
  if (!flip) return conditioned;
  return { ...conditioned, dataset: mirroredPictures(conditioned.dataset), options: { ...conditioned.options, flip } };
}

async function openReadyMade(
  { source, options }: DataRequest,
  load: (options: Section) => Promise<InMemorySamples>,
): Promise<OpenedData> {
  const { size, channels, ...rest } = options as Section & { size?: number; channels?: PictureChannels };
  const [unknown] = source === 'fake' ? [] : Object.keys(rest);
  if (unknown !== undefined)
    throw new UserError(`data: the ready-made set '${source}' has no option '${unknown}'; it takes size, channels and flip`);
  const samples = await load(options);
  const [own, , ownChannels] = samples.sampleShape as [number, number, PictureChannels];
  const shared = { size: size ?? own, channels: channels ?? ownChannels };
  const fits = shared.size === own && shared.channels === ownChannels;
  const fitted = (some: InMemorySamples) => {
    const dataset = inMemoryDataset(some);
    return fits ? dataset : resizedPictures(dataset, shared.size, { channels: shared.channels });
  };
  const loadTest = TEST_SAMPLES[source];
  return {
    dataset: fitted(samples),
    shared,
    options: { ...rest, ...shared },
    skipped: [],
    ...(loadTest && { openTest: async () => fitted(await loadTest()) }),
  };
}

async function openPath({ source, options, onProgress, signal }: DataRequest): Promise<OpenedData> {
  const dataset = await openPictures(source, {
    ...options,
    onProgress: ({ stage, done, total }) =>
      onProgress?.(
        done / total,
        `${stage === 'listing' ? 'looking at' : 'reading'} ${path.basename(source)}, ${done} of ${total} files`,
      ),
    ...(signal && { signal }),
  });
  const [size, , channels] = dataset.sampleShape;
  const found = { ...options, size, channels };
  return {
    dataset,
    shared: { size, channels },
    options: found,
    skipped: dataset.skipped,
    ...(options.split !== 'test' && { openTest: () => testPictures(source, found, dataset) }),
  };
}

/** The test split of the pictures at a path; undefined where there is none, or its classes are others. */
async function testPictures(
  source: string,
  options: Section,
  { fingerprint, classNames = [] }: Dataset<Batch>,
): Promise<Dataset<Batch> | undefined> {
  // A path without a test split is refused, or the same pictures are found again.
  const test = await openPictures(source, { ...options, split: 'test', decodeFirst: false }).catch(() => undefined);
  const isOther = test && test.fingerprint !== fingerprint && isDeepStrictEqual(test.classNames ?? [], classNames);
  return isOther ? test : undefined;
}
