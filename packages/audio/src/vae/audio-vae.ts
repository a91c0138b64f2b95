import {
  integer,
  latentSpace,
  oneOf,
  optional,
  positiveInteger,
  Random,
  resolveOptions,
  Vae,
  type VaeParts,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { logSpectrogram } from '../layers/log-spectrogram.js';
import { audioModality, type Sound } from '../sound.js';
import { SPECTRAL_RESOLUTIONS } from '../wavegan/spectral-critic.js';
import { waveGenerator } from '../wavegan/wave-generator.js';
import { WAVE_LENGTHS } from '../wavegan/wave-layers.js';
import { waveEncoder } from './wave-encoder.js';

/** What a VAE of sounds is like. */
export interface AudioVaeOptions {
  /** Samples of a sound: 4096, 8192, 16384, 32768, 65536, 131072 or 262144. Default 16384, about a second at 16 kHz. */
  readonly length?: number;
  /** 1 mono, 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /** In Hz. Default 16,000. */
  readonly sampleRate?: number;
  /** Channels of the layer next to the sound; each layer further in has twice as many. Default 32. */
  readonly width?: number;
  /** Length of the filters. Default 25. */
  readonly kernelSize?: number;
  /** How many classes the sounds are of, if the model is to be told them: samples can then be asked for by class. Default: none. */
  readonly classes?: number;
  /** Dimensions of the latent space. Default 32. */
  readonly latentDimensions?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  length: oneOf(WAVE_LENGTHS, { default: 16_384 }),
  channels: oneOf([1, 2], { default: 1 }),
  sampleRate: positiveInteger({ default: 16_000 }),
  width: positiveInteger({ default: 32 }),
  kernelSize: positiveInteger({ default: 25 }),
  classes: optional(integer({ min: 2 })),
  latentDimensions: positiveInteger({ default: 32 }),
  seed: integer({ default: 0 }),
};

/**
 * A variational autoencoder of sounds (1312.6114): the encoder has the layers of WaveGAN's critic, the decoder is WaveGAN's generator.
 *
 * ```ts
 * const vae = audioVae({ length: 8192, sampleRate: 8000 });
 * for await (const report of train(vae, data, { minutes: 30, batchSize: 16 })) console.log(report.step, report.metrics);
 * ```
 *
 * Samples are `[batch, length, channels]` in -1 … 1. What it makes is compared with the data as spectrograms of two resolutions in decibels: compared
 * sample by sample, two sounds that sound alike are as far apart as any two, because their phases differ. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function audioVae(options: AudioVaeOptions = {}): Vae<Sound> {
  return new Vae(audioVaeParts(options));
}

/**
 * The parts of an {@link audioVae}, for models that join it with other modalities.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function audioVaeParts(options: AudioVaeOptions = {}): VaeParts<Sound> {
  const resolved = resolveOptions('audioVae', options, schema);
  const { length, channels, sampleRate, latentDimensions, classes, seed } = resolved;
  const random = Random.fromSeed(seed);
  const decoderShape = {
    ...resolved,
    generatorNorm: 'none',
    upsampling: 'transposed',
    initialWeights: 'he',
    postFilter: 0,
  } as const;
  return {
    kind: 'audioVae',
    options: resolved,
    latent: latentSpace({ distribution: 'normal', dimensions: latentDimensions, ...(classes && { classes }) }),
    modality: audioModality({ length, channels, sampleRate }),
    networks: {
      encoder: () => waveEncoder(resolved, random.split('encoder')),
      decoder: () => waveGenerator(decoderShape, random.split('decoder')),
    },
    compared: spectrograms,
    training: { optimizer: { learningRate: 3e-4 } },
  };
}

/** All values of a sound's spectrograms, `[batch, n]`. */
function spectrograms(sounds: tf.Tensor): tf.Tensor {
  const each = SPECTRAL_RESOLUTIONS.map((frameLength) =>
    logSpectrogram(sounds, { frameLength, hopLength: frameLength / 2 }).reshape([sounds.shape[0]!, -1]),
  );
  return tf.concat(each, 1);
}
