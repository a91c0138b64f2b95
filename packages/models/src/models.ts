import { audioVae, type SpecGanOptions, specGan, waveGan } from '@polygan/audio';
import { dcgan, imageVae, residualGan } from '@polygan/image';
import type { AnyBatch, AnyModel, AnySamples, ModelOptions } from './any-model.js';
import { MULTIMODAL_MODELS } from './multimodal-models.js';
import { TEXT_MODELS } from './text-models.js';

/** The models of pictures by name, the default first. */
export const IMAGE_MODELS: Readonly<Record<string, (options: ModelOptions) => AnyModel>> = { dcgan, residualGan, imageVae };

/** The models of sounds by name, the default first. */
export const AUDIO_MODELS: Readonly<Record<string, (options: ModelOptions) => AnyModel>> = {
  waveGan,
  specGan: (options) => specGan(options as unknown as SpecGanOptions),
  audioVae,
};

/** The functions that make models, by the modality and by the name that runs have for them. */
export const MODELS: Readonly<
  Record<string, Readonly<Record<string, (options: ModelOptions) => AnyModel<AnySamples, AnyBatch>>>>
> = {
  image: IMAGE_MODELS,
  audio: AUDIO_MODELS,
  text: TEXT_MODELS,
  multimodal: MULTIMODAL_MODELS,
} as Readonly<Record<string, Readonly<Record<string, (options: ModelOptions) => AnyModel<AnySamples, AnyBatch>>>>>;
