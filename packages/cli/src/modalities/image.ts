import path from 'node:path';
import { boolean, type InMemorySamples, inMemoryDataset, optionsOf, resolveOptions } from '@polygan/core';
import { fakePictureSamples } from '@polygan/datasets';
import { digitSamples, fashionMnistSamples } from '@polygan/datasets/node';
import { decodePictures, mirroredPictures, type PictureChannels, resizedPictures } from '@polygan/image';
import { openPictures, pictureFiles } from '@polygan/image/node';
import { IMAGE_MODELS, SHARED_OPTIONS } from '@polygan/models';
import { anyOf } from '../settings/any-of.js';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { IMAGE_FEATURES, imageFeatures } from './image-features.js';
import { surveyPictures } from './image-survey.js';
import type { DataRequest, ModalityCommands, OpenedData } from './modality-commands.js';

/** The ready-made sets; options that they do not know are left to {@link fit}. */
const READY_MADE: Readonly<Record<string, (options: Section) => Promise<InMemorySamples>>> = {
  digits: () => digitSamples(),
  'fashion-mnist': () => fashionMnistSamples(),
  fake: async (options) => fakePictureSamples(options),
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
};

/** What can be done to any pictures. */
const ownOptions = { flip: boolean({ default: false }) };

async function openData({ options: { flip: asked, ...options }, ...rest }: DataRequest): Promise<OpenedData> {
  const { flip } = resolveOptions('data', { flip: asked }, ownOptions);
  const request = { ...rest, options };
  const readyMade = READY_MADE[request.source];
  const opened = await (readyMade ? openReadyMade(request, readyMade) : openPath(request));
  if (!flip) return opened;
  return { ...opened, dataset: mirroredPictures(opened.dataset), options: { ...opened.options, flip } };
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
  const dataset = inMemoryDataset(samples);
  const fits = shared.size === own && shared.channels === ownChannels;
  return {
    dataset: fits ? dataset : resizedPictures(dataset, shared.size, { channels: shared.channels }),
    shared,
    options: { ...rest, ...shared },
    skipped: [],
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
  return { dataset, shared: { size, channels }, options: { ...options, size, channels }, skipped: dataset.skipped };
}
