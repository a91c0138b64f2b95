import {
  boolean,
  clustersField,
  Gan,
  integer,
  type LatentDistribution,
  latentSpace,
  listOf,
  nested,
  number,
  OptionsError,
  oneOf,
  optional,
  positiveInteger,
  Random,
  resolveOptions,
  type SampleClusters,
  toldKinds,
} from '@polygan/core';
import type { Sound } from '../sound.js';
import { trainingOf } from '../wavegan/wave-gan-training.js';
import { WAVE_LENGTHS } from '../wavegan/wave-layers.js';
import { FRAME_LENGTHS, spectrogramSize } from './log-magnitudes.js';
import { specDiscriminator, specGenerator } from './spec-networks.js';
import { type SpectrogramModality, spectrogramModality } from './spectrogram-modality.js';
import type { SpectrogramMoments } from './spectrogram-moments.js';

/** What a SpecGAN is like. */
export interface SpecGanOptions {
  /** How loud each frequency bin is in the data: what `spectrogramMoments` found, with the same `length`, `channels` and `frameLength`. */
  readonly moments: SpectrogramMoments;
  /** Samples of a sound: 4096, 8192, 16384, 32768, 65536, 131072 or 262144. Default 16384, about a second at 16 kHz. */
  readonly length?: number;
  /** 1 mono, 2 stereo. Default 1. */
  readonly channels?: 1 | 2;
  /** In Hz. Default 16,000. */
  readonly sampleRate?: number;
  /**
   * Samples in a frame of the spectrogram, a power of two from 64 to 2048; frames begin half a frame apart. 16,384 samples in frames of 256, the default
   * and the paper's choice, are a picture of 128 × 128; a frame should take about 16 ms.
   */
  readonly frameLength?: number;
  /** Channels of the layer next to the picture; each layer further in has twice as many. Default 32; the paper has 64. */
  readonly width?: number;
  /** Height and width of the filters. Default 5. */
  readonly kernelSize?: number;
  /** Spectral (1802.05957) or batch normalisation in the discriminator, or none, as in the paper. Default 'spectral'. */
  readonly discriminatorNorm?: 'spectral' | 'batch' | 'none';
  /**
   * Whether the discriminator sees how much the sounds of a batch differ (1710.10196, section 3), which keeps the generator from making one sound only.
   * It mixes samples, so gradient penalties are not exact with it. Default: true under spectral normalisation.
   */
  readonly minibatchDeviation?: boolean;
  /** Batch normalisation in the generator, or none, as in the paper. Default 'none'. */
  readonly generatorNorm?: 'batch' | 'none';
  /** How large the generator's first weights are: 'he' (1502.01852), or 'glorot' as in the authors' code. Default 'he'. */
  readonly initialWeights?: 'he' | 'glorot';
  /** Rounds of Griffin and Lim's algorithm that turn a picture into sound. Default 60. */
  readonly griffinLimRounds?: number;
  /** How many classes the sounds are of, if the model is to be told them: samples can then be asked for by class. Default: none. */
  readonly classes?: number;
  /**
   * Groups of sounds that are alike, as `clusterSounds` finds them; it is then trained on pictures of a `clusteredDataset`. They bring variety as classes do, without
   * anyone's having to name classes. Default: none.
   */
  readonly clusters?: SampleClusters;
  /** What latent points are drawn from. Default 'uniform'. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the latent space. Default 100. */
  readonly latentDimensions?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  moments: nested({ mean: listOf(number()), deviation: listOf(number({ above: 0 })) }),
  length: oneOf(WAVE_LENGTHS, { default: 16_384 }),
  channels: oneOf([1, 2], { default: 1 }),
  sampleRate: positiveInteger({ default: 16_000 }),
  frameLength: oneOf(FRAME_LENGTHS, { default: 256 }),
  width: positiveInteger({ default: 32 }),
  kernelSize: positiveInteger({ default: 5 }),
  discriminatorNorm: oneOf(['spectral', 'batch', 'none'], { default: 'spectral' }),
  minibatchDeviation: optional(boolean()),
  generatorNorm: oneOf(['batch', 'none'], { default: 'none' }),
  initialWeights: oneOf(['he', 'glorot'], { default: 'he' }),
  griffinLimRounds: positiveInteger({ default: 60 }),
  classes: optional(integer({ min: 2 })),
  clusters: clustersField,
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'uniform' }),
  latentDimensions: positiveInteger({ default: 100 }),
  seed: integer({ default: 0 }),
};

/** A GAN whose samples are pictures of sounds. */
export type SpecGan = Gan<Sound> & { readonly modality: SpectrogramModality };

/** The SpecGAN of the paper (1802.04208, tables 5 and 6), all but the moments; it is trained by WGAN-GP. */
export const PAPER_SPECGAN = {
  length: 16_384,
  sampleRate: 16_000,
  frameLength: 256,
  width: 64,
  kernelSize: 5,
  discriminatorNorm: 'none',
  initialWeights: 'glorot',
  griffinLimRounds: 16,
  latent: 'uniform',
  latentDimensions: 100,
} as const satisfies Omit<SpecGanOptions, 'moments'>;

/**
 * A GAN that makes sound as a picture of its spectrogram (Donahue, McAuley & Puckette 2018, arXiv 1802.04208, section 3.2).
 *
 * ```ts
 * const moments = await spectrogramMoments(data, { length: 16_384, channels: 1, frameLength: 256 });
 * const gan = specGan({ moments });
 * const pictures = spectrogramDataset(data, gan.modality);
 * for await (const report of train(gan, pictures, { minutes: 60, batchSize: 16 })) console.log(report.step, report.metrics);
 * const sounds = await gan.modality.decode(await gan.sample(16));
 * ```
 *
 * Samples are `[batch, frames, bins, channels]` in -1 … 1, not sounds: its modality makes sounds of them. By default it is trained by the hinge loss under
 * spectral normalisation; {@link PAPER_SPECGAN} is as published. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function specGan(options: SpecGanOptions): SpecGan {
  const resolved = resolveOptions('specGan', options, schema);
  const { channels, latent, latentDimensions, classes, clusters, seed } = resolved;
  const { frames, bins } = spectrogramSize(resolved);
  refuseOddSizes(resolved, frames, bins);
  const random = Random.fromSeed(seed);
  const shape = { ...resolved, frames, bins, channels, classes: toldKinds(resolved) };
  return new Gan({
    kind: 'specGan',
    options: resolved,
    latent: latentSpace({
      distribution: latent,
      dimensions: latentDimensions,
      ...(classes && { classes }),
      ...(clusters && { clusters: { sizes: clusters.sizes, classOf: clusters.classOf } }),
    }),
    modality: spectrogramModality(resolved),
    networks: {
      generator: () => specGenerator(shape, random.split('generator')),
      discriminator: () => specDiscriminator(shape, random.split('discriminator')),
    },
    training: trainingOf(shape),
  }) as SpecGan;
}

function refuseOddSizes(
  { moments, length, frameLength }: Required<Pick<SpecGanOptions, 'moments' | 'length' | 'frameLength'>>,
  frames: number,
  bins: number,
): void {
  if (frames < 8) {
    const longest = length / 4;
    throw new OptionsError(
      { where: 'specGan', path: 'frameLength' },
      `'frameLength' must leave 8 frames or more: up to ${longest} for ${length} samples, got ${frameLength}`,
    );
  }
  for (const [name, values] of Object.entries(moments)) {
    if (values.length === bins + 1) continue;
    throw new OptionsError(
      { where: 'specGan', path: `moments.${name}` },
      `'moments.${name}' must have ${bins + 1} values for frames of ${frameLength} samples, got ${values.length}; ` +
        'let spectrogramMoments find them with the same frameLength',
    );
  }
}
