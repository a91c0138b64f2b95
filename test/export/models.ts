import { audioVae, audioVaeParts, specGan, waveGan, waveGanParts } from '@polygan/audio';
import type { RunRecord } from '@polygan/core/node';
import { dcgan, dcganParts, imageVae, imageVaeParts, residualGan } from '@polygan/image';
import { coupledGan, multimodalGan, multimodalVae } from '@polygan/multimodal';
import {
  convolutionalTextVaeParts,
  languageModel,
  latentText,
  latentTextParts,
  learnTokenizer,
  seqGan,
  textVae,
} from '@polygan/text';
import type * as tf from '@tensorflow/tfjs';

/** What of a model is exported. */
export interface Exported {
  readonly kind: string;
  readonly options: object;
  readonly sampler: tf.LayersModel;
  readonly readers?: Readonly<Record<string, tf.LayersModel>>;
  dispose(): void;
}

const tokenizer = learnTokenizer(['a red circle', 'a blue square']).toJSON();
const texts = { tokenizer, length: 6 };
const tokens = { vocabulary: 12, length: 6, embedding: 8, hidden: 10 };
const sounds = { length: 4096, width: 2, latentDimensions: 8 } as const;
const pictures = { size: 16, channels: 1, width: 4, latentDimensions: 12 } as const;
const moments = { mean: Array(65).fill(0), deviation: Array(65).fill(1) };

/** Every model that polygan has, small, and each with what makes another network of it. */
export const MODELS: Readonly<Record<string, () => Exported>> = {
  dcgan: () => dcgan({ ...pictures, channels: 3 }),
  'dcgan with classes': () => dcgan({ ...pictures, classes: 3 }),
  residualGan: () => residualGan(pictures),
  'residualGan with attention': () => residualGan({ ...pictures, attention: 8 }),
  'residualGan with classes': () => residualGan({ ...pictures, classes: 3 }),
  'residualGan with classes and attributes': () => residualGan({ ...pictures, classes: 3, attributes: 2 }),
  'dcgan of pictures from pictures': () => dcgan({ ...pictures, fromChannels: 3 }),
  imageVae: () => imageVae(pictures),
  waveGan: () => waveGan(sounds),
  'waveGan with classes, lengthened by interpolation': () =>
    waveGan({ ...sounds, classes: 3, upsampling: 'linear', generatorNorm: 'batch', postFilter: 16 }),
  specGan: () => specGan({ ...sounds, frameLength: 128, moments }),
  audioVae: () => audioVae({ ...sounds, classes: 3 }),
  latentText: () => latentText({ ...texts, latentDimensions: 8, width: 8 }),
  'latentText by convolutions': () => latentText({ ...texts, latentDimensions: 8, width: 8, generator: 'convolutional' }),
  textVae: () => textVae({ ...texts, latentDimensions: 8, embedding: 8, hidden: 10 }),
  'languageModel, LSTM': () => languageModel({ ...tokens, kind: 'lstm' }),
  'languageModel, GRU': () => languageModel({ ...tokens, kind: 'gru' }),
  'languageModel, convolutional': () => languageModel({ ...tokens, kind: 'cnn' }),
  seqGan: () => seqGan({ vocabulary: 12, length: 6, generator: { embedding: 8, hidden: 10 } }),
  multimodalGan: () =>
    multimodalGan({
      codeDimensions: 8,
      modalities: {
        image: dcganParts({ ...pictures, discriminatorNorm: 'spectral' }),
        audio: waveGanParts({ ...sounds, latentDimensions: 12 }),
        text: latentTextParts({ ...texts, latentDimensions: 12, width: 8 }),
      },
    }),
  coupledGan: () =>
    coupledGan({
      latentDimensions: 12,
      modalities: {
        image: dcganParts({ ...pictures, discriminatorNorm: 'spectral' }),
        audio: waveGanParts({ ...sounds, latentDimensions: 16 }),
        text: latentTextParts({ ...texts, latentDimensions: 12, width: 8 }),
      },
    }),
  multimodalVae: () =>
    multimodalVae({
      modalities: {
        image: imageVaeParts(pictures),
        audio: audioVaeParts({ ...sounds, latentDimensions: 12 }),
        text: convolutionalTextVaeParts({ ...texts, latentDimensions: 12, width: 8 }),
      },
    }),
};

/** A record as a run of that model would have. */
export function recordOf({ kind, options }: Exported): Omit<RunRecord, 'versions' | 'created'> {
  return {
    modality: 'any',
    model: { kind, options: options as RunRecord['model']['options'] },
    training: {},
    data: { source: 'none', options: {}, fingerprint: '', size: 0 },
    engine: 'cpu',
  };
}
