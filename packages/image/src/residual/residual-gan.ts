import {
  boolean,
  Gan,
  type GanOptions,
  type GanParts,
  integer,
  type LatentDistribution,
  latentSpace,
  OptionsError,
  oneOf,
  optional,
  positiveInteger,
  Random,
  type Resolved,
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
import { DCGAN_SIZES } from '../dcgan/dcgan-layers.js';
import { PICTURE_CHANNELS, type Picture, type PictureChannels, pictureModality } from '../pictures.js';
import { residualDiscriminator } from './residual-discriminator.js';
import { residualGenerator } from './residual-generator.js';
import { RESIDUAL_WIDTHS, type ResidualWidths, residualPlan } from './residual-plan.js';

/** What a residual GAN is like. */
export interface ResidualGanOptions extends ConditionOptions {
  /** Height and width of the pictures in pixels: 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112 or 128. Default 32. */
  readonly size?: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity. Default 3. */
  readonly channels?: PictureChannels;
  /** Channels of the discriminator's first block. The paper has 64, and 128 where blocks are even. Default 32, which a CPU can train. */
  readonly width?: number;
  /**
   * Channels of the other blocks: 'doubling' wherever the map is halved, or 'even', the same in all blocks and twice as many in the generator's, as the paper has
   * them to 32 pixels. Small maps cost little, so that at the same cost 'doubling' has several times as many features. Default 'doubling'.
   */
  readonly widths?: ResidualWidths;
  /**
   * Height and width of the maps in which every place attends to all others, in both networks (SAGAN, 1805.08318): 16 or 32 help with larger pictures, whose
   * parts must fit together. Its cost grows with the fourth power. Default: no attention.
   */
  readonly attention?: number;
  /** How the discriminator has to do with classes and attributes. Default 'projection'. */
  readonly conditioning?: Conditioning;
  /**
   * Whether latent points, beside what is made of them first, move the gains and offsets of all normalisations of the generator, which so gets a style at each of its scales
   * (Chen et al. 2018, arXiv 1810.01365). Default false.
   */
  readonly selfModulation?: boolean;
  /** What latent points are drawn from. Default 'normal'. */
  readonly latent?: LatentDistribution;
  /** Dimensions of the latent space. Default 128. */
  readonly latentDimensions?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  size: oneOf(DCGAN_SIZES, { default: 32 }),
  channels: oneOf(PICTURE_CHANNELS, { default: 3 }),
  width: positiveInteger({ default: 32 }),
  widths: oneOf(RESIDUAL_WIDTHS, { default: 'doubling' }),
  attention: optional(positiveInteger()),
  classes: optional(integer({ min: 2 })),
  attributes: optional(positiveInteger()),
  fromChannels: optional(oneOf(PICTURE_CHANNELS)),
  conditioning: oneOf(CONDITIONINGS, { default: 'projection' }),
  selfModulation: boolean({ default: false }),
  latent: oneOf(['normal', 'uniform', 'sphere', 'truncatedNormal'], { default: 'normal' }),
  latentDimensions: positiveInteger({ default: 128 }),
  seed: integer({ default: 0 }),
};

/** The networks of 1802.05957, table 4, for CIFAR-10. */
export const PAPER_RESIDUAL_GAN: ResidualGanOptions = { size: 32, channels: 3, width: 128, widths: 'even' };

/**
 * Adam's decay as in 1802.05957, and one update of each network with rates of their own as in 1805.08318. Their rates, 1e-4 and 4e-4, learn narrow networks much
 * more slowly.
 */
const TRAINING: GanOptions = {
  loss: 'hinge',
  generatorOptimizer: { learningRate: 4e-4, beta1: 0, beta2: 0.9 },
  discriminatorOptimizer: { learningRate: 8e-4, beta1: 0, beta2: 0.9 },
};

/**
 * A GAN of residual networks for pictures, the discriminator under spectral normalisation (SNGAN, Miyato et al. 2018, arXiv 1802.05957). Classes choose
 * the generator's normalisation, and are judged by projection (Miyato & Koyama 2018, arXiv 1802.05637) or as `conditioning` says.
 *
 * ```ts
 * const gan = residualGan({ size: 28, channels: 1, classes: 10 });
 * for await (const report of train(gan, data, { minutes: 30 })) console.log(report.step, report.metrics);
 * const sneakers = await gan.sample(16, { label: 7 });
 * ```
 *
 * Samples are `[batch, size, size, channels]` in -1 … 1. It is trained with the hinge loss and Adam with β₁ of 0, the discriminator twice as fast as the
 * generator; the paper's five updates of the discriminator for each one of the generator, at a rate of 2e-4, are options of `train`. The
 * caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function residualGan(options: ResidualGanOptions = {}): Gan<Picture> {
  return new Gan(residualGanParts(options));
}

/**
 * The parts of a {@link residualGan}, for models that join it with other modalities.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function residualGanParts(options: ResidualGanOptions = {}): GanParts<Picture> {
  const resolved = resolveOptions('residualGan', options, schema);
  requireMaps(resolved);
  const { size, channels, classes, fromChannels, latent, latentDimensions, seed } = resolved;
  const random = Random.fromSeed(seed);
  const conditions = conditionShape('residualGan', resolved);
  return {
    kind: 'residualGan',
    options: resolved,
    latent: latentSpace({
      distribution: latent,
      dimensions: latentDimensions,
      ...(classes && { classes }),
      ...(conditions && { conditionShape: conditions }),
    }),
    modality: pictureModality({ size, channels }),
    networks: {
      generator: () => residualGenerator(resolved, random.split('generator')),
      discriminator: () => residualDiscriminator(resolved, random.split('discriminator')),
    },
    augmentation: pictureAugmentation,
    training: { ...TRAINING, ...(fromChannels && FROM_PICTURES) },
  };
}

/** Refuses attention at maps that one of the networks does not have. */
function requireMaps({ size, width, widths, attention }: Resolved<typeof schema>): void {
  if (attention === undefined) return;
  const { generator, discriminator } = residualPlan(size, width, widths);
  const judged = discriminator.filter(({ halves }) => halves).map(({ side }) => side);
  const shared = generator.blocks.map(({ side }) => side).filter((side) => judged.includes(side));
  if (shared.includes(attention)) return;
  throw new OptionsError(
    { where: 'residualGan', path: 'attention' },
    `'attention' must be the side of a map that both networks have, for pictures of ${size} pixels ${shared.join(', ')}; got ${attention}`,
  );
}
