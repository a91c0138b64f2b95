import {
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
} from '@polygan/core';
import { pictureAugmentation } from '../augmentation/picture-augmentation.js';
import {
  CONDITIONINGS,
  type Conditioning,
  type ConditionOptions,
  conditionShape,
  FROM_PICTURES,
} from '../conditioning/conditioning.js';
import { pictureReader } from '../features/picture-reader.js';
import { PICTURE_CHANNELS, type Picture, type PictureChannels, pictureModality } from '../pictures.js';
import { dcganDiscriminator } from './dcgan-discriminator.js';
import { dcganGenerator } from './dcgan-generator.js';
import { DCGAN_SIZES } from './dcgan-layers.js';

/** What a DCGAN is like. */
export interface DcganOptions extends ConditionOptions {
  /** Height and width of the pictures in pixels: 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112 or 128. Default 32. */
  readonly size?: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity. Default 3. */
  readonly channels?: PictureChannels;
  /** Channels of the layer next to the picture; each layer further in has twice as many. Default 64. */
  readonly width?: number;
  /** Height and width of the filters; 4 leaves no uneven overlap at stride 2, the paper's figure shows 5. Default 4. */
  readonly kernelSize?: number;
  /**
   * 'batch' as in the paper; 'spectral' (1802.05957), which allows a hinge loss without a penalty; 'none', which gradient penalties need: they
   * are about single samples, and batch normalisation mixes them. Default 'batch'.
   */
  readonly discriminatorNorm?: 'batch' | 'spectral' | 'none';
  /** How the discriminator has to do with classes and attributes. Default 'projection'. */
  readonly conditioning?: Conditioning;
  /** What latent points are drawn from. Default 'normal'; the paper draws from 'uniform'. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the latent space. Default 100. */
  readonly latentDimensions?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  size: oneOf(DCGAN_SIZES, { default: 32 }),
  channels: oneOf(PICTURE_CHANNELS, { default: 3 }),
  width: positiveInteger({ default: 64 }),
  kernelSize: positiveInteger({ default: 4 }),
  discriminatorNorm: oneOf(['batch', 'spectral', 'none'], { default: 'batch' }),
  classes: optional(integer({ min: 2 })),
  attributes: optional(positiveInteger()),
  fromChannels: optional(oneOf(PICTURE_CHANNELS)),
  conditioning: oneOf(CONDITIONINGS, { default: 'projection' }),
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'normal' }),
  latentDimensions: positiveInteger({ default: 100 }),
  seed: integer({ default: 0 }),
};

/** How much real pictures with wrong classes count. */
const MISMATCH = 0.5;

/** The DCGAN of the paper's LSUN and ImageNet pictures (1511.06434, figure 1): 64×64, 5×5 filters, 1024 channels at 4×4, a uniform latent space. */
export const PAPER_DCGAN: DcganOptions = { size: 64, channels: 3, width: 128, kernelSize: 5, latent: 'uniform' };

/**
 * A deep convolutional GAN for pictures (1511.06434).
 *
 * ```ts
 * const gan = dcgan({ size: 28, channels: 1 });
 * for await (const report of train(gan, data, { steps: 3000 })) console.log(report.step, report.metrics);
 * const pictures = await gan.modality.decode(await gan.sample(16));
 * ```
 *
 * Samples are `[batch, size, size, channels]` in -1 … 1. It is trained as in the paper's section 4: Adam with a learning rate of 2e-4 and β₁ of 0.5,
 * the non-saturating loss, batches that pass through the discriminator apart. One that is told classes also learns to refuse real pictures with wrong
 * classes (1605.05396), without which samples are often of another class than was asked for. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function dcgan(options: DcganOptions = {}): Gan<Picture> {
  return new Gan(dcganParts(options));
}

/**
 * The parts of a {@link dcgan}, for models that join it with other modalities.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function dcganParts(options: DcganOptions = {}): GanParts<Picture> {
  const resolved = resolveOptions('dcgan', options, schema);
  const { size, channels, classes, fromChannels, conditioning, latent, latentDimensions, seed } = resolved;
  const random = Random.fromSeed(seed);
  const conditions = conditionShape('dcgan', resolved);
  return {
    kind: 'dcgan',
    options: resolved,
    latent: latentSpace({
      distribution: latent,
      dimensions: latentDimensions,
      ...(classes && { classes }),
      ...(conditions && { conditionShape: conditions }),
    }),
    modality: pictureModality({ size, channels }),
    networks: {
      generator: () => dcganGenerator(resolved, random.split('generator')),
      discriminator: () => dcganDiscriminator(resolved, random.split('discriminator')),
    },
    augmentation: pictureAugmentation,
    reader: pictureReader(resolved, random.split('reader')),
    training: {
      ...(classes && conditioning !== 'auxiliary' && { mismatch: MISMATCH }),
      ...(fromChannels && FROM_PICTURES),
    },
  };
}
