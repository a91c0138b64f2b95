import path from 'node:path';
import { soundFiles, soundFolder } from '@polygan/audio/node';
import { type InMemorySamples, inMemoryDataset, optionsOf } from '@polygan/core';
import { drumSoundSamples } from '@polygan/datasets';
import { spokenDigitSamples } from '@polygan/datasets/node';
import { AUDIO_MODELS, SHARED_OPTIONS } from '@polygan/models';
import { anyOf } from '../settings/any-of.js';
import type { Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';
import { AUDIO_FEATURES, audioFeatures } from './audio-features.js';
import { surveyFolder, surveyReadyMade } from './audio-survey.js';
import { clusteredForm } from './clustered-form.js';
import { cutRemarks } from './cut-remarks.js';
import type { DataRequest, ModalityCommands, OpenedData } from './modality-commands.js';
import { spectrogramForm } from './spectrogram-form.js';

type SoundSamples = InMemorySamples & { readonly sampleRate: number };

/** The ready-made sets; each checks the options that it is given. */
const READY_MADE: Readonly<Record<string, (options: Section) => SoundSamples | Promise<SoundSamples>>> = {
  'spoken-digits': spokenDigitSamples,
  drums: drumSoundSamples,
};

/** Sounds in a batch where the user says nothing: steps of few are quick, and learn as well. */
const SOUNDS_IN_A_BATCH = 16;

/** Sounds: what the commands need to know of them. */
export const audio: ModalityCommands = {
  kind: 'audio',
  noun: 'sound',
  models: AUDIO_MODELS,
  forms: { waveGan: clusteredForm, specGan: spectrogramForm },
  fitting: () => ({ training: { batchSize: SOUNDS_IN_A_BATCH } }),
  readyMade: Object.keys(READY_MADE),
  sharedOptions: SHARED_OPTIONS.audio,
  openData,
  dataOptions: () =>
    anyOf(
      optionsOf(() => soundFolder('')),
      optionsOf(() => drumSoundSamples()),
      optionsOf(() => spokenDigitSamples()),
    ),
  files: ({ sampleRate }, columns) => soundFiles({ sampleRate: Number(sampleRate), ...(columns !== undefined && { columns }) }),
  async toNumpy(samples) {
    const values = Float32Array.from(await samples.data());
    return { dtype: '<f4', shape: samples.shape, bytes: Buffer.from(values.buffer) };
  },
  survey: async (source, onProgress) =>
    READY_MADE[source] ? surveyReadyMade(await openData({ source, options: {} })) : surveyFolder(source, onProgress),
  features: audioFeatures,
  featureNames: AUDIO_FEATURES,
};

async function openData(request: DataRequest): Promise<OpenedData> {
  const readyMade = READY_MADE[request.source];
  return readyMade ? openReadyMade(request, readyMade) : openFolder(request);
}

async function openReadyMade(
  { source, options: { channels: _, ...given } }: DataRequest,
  load: (options: Section) => SoundSamples | Promise<SoundSamples>,
): Promise<OpenedData> {
  // Made-up drums are made at any rate; that of the spoken digits is what it is, and may be said.
  const { sampleRate, ...others } = given;
  const options = source === 'drums' ? given : others;
  const samples = await load(options);
  if (sampleRate !== undefined && sampleRate !== samples.sampleRate) {
    throw new UserError(`data: the sounds of '${source}' are of ${samples.sampleRate} Hz, not ${sampleRate}`);
  }
  const [length, channels] = samples.sampleShape as [number, number];
  const shared = { length, channels, sampleRate: samples.sampleRate };
  // Nobody has set the level of these sounds, as that of a folder's is by default.
  const likeThese = { ...shared, normalize: 'none' };
  return { dataset: inMemoryDataset(samples), shared, likeThese, options: { ...options, length }, skipped: [] };
}

async function openFolder({ source, options, onProgress, signal }: DataRequest): Promise<OpenedData> {
  const dataset = await soundFolder(source, {
    ...options,
    onProgress: ({ stage, done, total }) =>
      onProgress?.(
        done / total,
        `${stage === 'listing' ? 'looking at' : 'reading'} ${path.basename(source)}, ${done} of ${total} files`,
      ),
    ...(signal && { signal }),
  });
  const { sampleShape, sampleRate, slices, skipped } = dataset;
  const [length, channels] = sampleShape;
  const shared = { length, channels, sampleRate };
  const remarks = cutRemarks(dataset, '--length ', '--slices overlapping uses all of them');
  return { dataset, shared, options: { ...options, ...shared, slices }, skipped, remarks };
}
