import {
  boolean,
  clustersField,
  Gan,
  type GanParts,
  integer,
  type LatentDistribution,
  latentSpace,
  oneOf,
  optional,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleClusters,
  toldKinds,
  withDefaults,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { soundManner } from '../features/sound-manner.js';
import { soundReader } from '../features/sound-reader.js';
import { audioModality, type Sound } from '../sound.js';
import { spectralEncoder } from './spectral-encoder.js';
import { spectralReconstruction } from './spectral-reconstruction.js';
import { shuffleCount, waveDiscriminator } from './wave-discriminator.js';
import { AUTOENCODING, trainingOf } from './wave-gan-training.js';
import { waveGenerator } from './wave-generator.js';
import { WAVE_LENGTHS } from './wave-layers.js';

/** What a WaveGAN is like. */
export interface WaveGanOptions {
  /** Samples of a sound: 4096, 8192, 16384, 32768, 65536, 131072 or 262144. Default 16384, about a second at 16 kHz. */
  readonly length?: number;
  /** 1 mono, 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /** In Hz. Default 16,000. */
  readonly sampleRate?: number;
  /** Channels of the layer next to the sound; each layer further in has twice as many. Default 32; the paper has 64. */
  readonly width?: number;
  /** Length of the filters. Default 25. */
  readonly kernelSize?: number;
  /**
   * What the discriminator looks at: 'spectral', spectrograms of two resolutions; 'wave', samples one by one, as in the paper; or 'both'. Default
   * 'spectral', which learns in a fraction of the time.
   */
  readonly critic?: 'wave' | 'spectral' | 'both';
  /** Spectral (1802.05957) or batch normalisation in the discriminator, or none, as in the paper. Default 'spectral'. */
  readonly discriminatorNorm?: 'spectral' | 'batch' | 'none';
  /**
   * Whether the discriminator sees how much the sounds of a batch differ (1710.10196, section 3), which keeps the generator from making one sound only.
   * It mixes samples, so gradient penalties are not exact with it. Default false.
   */
  readonly minibatchDeviation?: boolean;
  /** Batch normalisation in the generator, or none, as in the paper. Default 'none'. */
  readonly generatorNorm?: 'batch' | 'none';
  /** How the generator makes maps longer: 'transposed' convolutions as in the paper; repeated or interpolated values, then a convolution. Default 'transposed'. */
  readonly upsampling?: 'transposed' | 'nearest' | 'linear';
  /** How large the generator's first weights are: 'he' (1502.01852), which learns faster at first, or 'glorot' as in the authors' code. Default 'he' with an encoder, else 'glorot'. */
  readonly initialWeights?: 'he' | 'glorot';
  /** Samples of a filter that is learnt behind the generator's tanh; the paper tries 512. Default 0, none. */
  readonly postFilter?: number;
  /** The greatest shift of the phase shuffle between the layers of the wave critic; 0 for none. Default 2. */
  readonly phaseShuffle?: number;
  /**
   * Whether the model can read sounds back into its latent space, and learns to give them back: it keeps the generator from making a few sounds only, makes
   * a step half as long again, and words clear later. Default: true for models without classes; classes keep from the worst by themselves.
   */
  readonly encoder?: boolean;
  /** How many classes the sounds are of, if the model is to be told them: samples can then be asked for by class. Default: none. */
  readonly classes?: number;
  /**
   * Groups of sounds that are alike, as `clusterSounds` finds them; it is then trained on a `clusteredDataset`. What classes do for a generator without variety, they do
   * without anyone's having to name classes. Default: none.
   */
  readonly clusters?: SampleClusters;
  /** What latent points are drawn from. Default 'normal' with an encoder, else 'uniform', as in the paper. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the latent space. Default 32 with an encoder, which has to fill it, else 100, as in the paper. */
  readonly latentDimensions?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  length: oneOf(WAVE_LENGTHS, { default: 16_384 }),
  channels: oneOf([1, 2], { default: 1 }),
  sampleRate: positiveInteger({ default: 16_000 }),
  width: positiveInteger({ min: 2, default: 32 }),
  kernelSize: positiveInteger({ default: 25 }),
  critic: oneOf(['wave', 'spectral', 'both'], { default: 'spectral' }),
  discriminatorNorm: oneOf(['spectral', 'batch', 'none'], { default: 'spectral' }),
  minibatchDeviation: boolean({ default: false }),
  generatorNorm: oneOf(['batch', 'none'], { default: 'none' }),
  upsampling: oneOf(['transposed', 'nearest', 'linear'], { default: 'transposed' }),
  initialWeights: oneOf(['he', 'glorot'], { default: 'glorot' }),
  postFilter: integer({ min: 0, default: 0 }),
  phaseShuffle: integer({ min: 0, default: 2 }),
  classes: optional(integer({ min: 2 })),
  clusters: clustersField,
  encoder: boolean({ default: false }),
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'uniform' }),
  latentDimensions: positiveInteger({ default: 100 }),
  seed: integer({ default: 0 }),
};

/** What was seen to learn with an encoder. */
const schemaWithEncoder = withDefaults(schema, { encoder: true, initialWeights: 'he', latent: 'normal', latentDimensions: 32 });

/** The WaveGAN of the paper (1802.04208, tables 3 and 4), which is trained by WGAN-GP. */
export const PAPER_WAVEGAN: WaveGanOptions = {
  length: 16_384,
  sampleRate: 16_000,
  width: 64,
  kernelSize: 25,
  critic: 'wave',
  discriminatorNorm: 'none',
  phaseShuffle: 2,
  initialWeights: 'glorot',
  encoder: false,
  latent: 'uniform',
  latentDimensions: 100,
};

/**
 * A GAN that makes sound sample by sample (Donahue, McAuley & Puckette 2018, arXiv 1802.04208).
 *
 * ```ts
 * const gan = waveGan({ length: 8192, sampleRate: 8000 });
 * for await (const report of train(gan, data, { minutes: 60, batchSize: 16 })) console.log(report.step, report.metrics);
 * const sounds = await gan.modality.decode(await gan.sample(16));
 * ```
 *
 * Samples are `[batch, length, channels]` in -1 … 1. The generator is the paper's. By default it is judged by its spectrograms and not sample by
 * sample, and trained by the hinge loss under spectral normalisation; one that is told classes or clusters also learns to refuse real sounds with wrong
 * ones. {@link PAPER_WAVEGAN} is as published, and {@link WAVEGAN_TRAINING} has the paper's
 * four ways to train. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function waveGan(options: WaveGanOptions = {}): Gan<Sound> {
  return new Gan(waveGanParts(options));
}

/**
 * The parts of a {@link waveGan}, for models that join it with other modalities.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function waveGanParts(options: WaveGanOptions = {}): GanParts<Sound> {
  const hasEncoder = options.encoder ?? toldKinds(options) === undefined;
  const resolved = resolveOptions('waveGan', options, hasEncoder ? schemaWithEncoder : schema);
  const { length, channels, sampleRate, latent, latentDimensions, classes, clusters, seed, phaseShuffle } = resolved;
  const random = Random.fromSeed(seed);
  const told = { ...resolved, classes: toldKinds(resolved) };
  return {
    kind: 'waveGan',
    options: resolved,
    latent: latentSpace({
      distribution: latent,
      dimensions: latentDimensions,
      ...(classes && { classes }),
      ...(clusters && { clusters: { sizes: clusters.sizes, classOf: clusters.classOf } }),
    }),
    modality: audioModality({ length, channels: channels as 1 | 2, sampleRate }),
    networks: {
      generator: () => waveGenerator(told, random.split('generator')),
      discriminator: () => waveDiscriminator(told, random.split('discriminator')),
      judgeInputs: (batch, random) => Array.from({ length: shuffleCount(resolved) }, () => shifts(batch, phaseShuffle, random)),
    },
    reader: soundReader(resolved, random.split('reader')),
    manner: (dimensions) => soundManner(resolved, dimensions),
    training: { ...trainingOf(told), ...(resolved.encoder && { autoencoding: AUTOENCODING }) },
    ...(resolved.encoder && {
      autoencoder: {
        encoder: () => spectralEncoder({ ...told, width: Math.ceil(resolved.width / 2) }, random.split('encoder')),
        reconstruction: spectralReconstruction,
      },
    }),
  };
}

/** One shift from -greatest to greatest for each sound, int32 `[batch, 1]`. */
function shifts(batch: number, greatest: number, random: Random): tf.Tensor2D {
  const drawn = Int32Array.from({ length: batch }, () => random.integer(2 * greatest + 1) - greatest);
  return tf.tensor2d(drawn, [batch, 1], 'int32');
}
