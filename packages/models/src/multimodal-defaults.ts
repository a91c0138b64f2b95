import type { ModelOptions } from './any-model.js';

/** Of each form: options of its GAN, without what it has from the data. */
const GANS = {
  image: { kind: 'dcgan', width: 16, discriminatorNorm: 'spectral' },
  audio: { kind: 'waveGan', width: 16, latent: 'normal' },
  text: { kind: 'latentText' },
} as const;

/** What models of things in several forms are like, and how they are trained, where the user says nothing: sizes that learn in minutes on a processor. */
export const MULTIMODAL_DEFAULTS = {
  multimodalGan: {
    codeDimensions: 32,
    /** Latent dimensions that each form has for itself, beyond those of the shared code. */
    ownDimensions: { image: 32, audio: 16, text: 8 },
    modalities: GANS,
  },
  coupledGan: { latentDimensions: 64, modalities: GANS },
  multimodalVae: {
    modalities: {
      image: { kind: 'imageVae', width: 16, latentDimensions: 32 },
      audio: { kind: 'audioVae', width: 16, latentDimensions: 32 },
      text: { kind: 'convolutionalTextVae', width: 48, blocks: 1, latentDimensions: 32 },
    },
  },
  training: { batchSize: 32 },
  recording: { previewCount: 16 },
  /** How the user's files are read. */
  data: { image: { size: 32 }, audio: {}, text: { vocabulary: 2000 } },
} as const satisfies Readonly<Record<string, ModelOptions>>;

/** The names of the forms. */
export type FormName = keyof typeof MULTIMODAL_DEFAULTS.data;

/** All of them. */
export const FORM_NAMES = Object.keys(MULTIMODAL_DEFAULTS.data) as readonly FormName[];
