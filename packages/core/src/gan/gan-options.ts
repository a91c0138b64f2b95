import { type AdversarialLossName, adversarialLosses } from '../losses/adversarial.js';
import { type OptimizerOptions, optimizerSchema } from '../optimizers/optimizer-options.js';
import { averageSchema } from '../optimizers/weight-average.js';
import { listOf, number, oneOf, optional, positiveInteger, string } from '../options/field.js';
import { either, nested, type Resolved } from '../options/resolve-options.js';
import { type Schedule, scheduleField } from '../schedules/schedule.js';
import { type AutoencodingOptions, autoencodingSchema } from './autoencoding-options.js';

/** The penalties by name. */
export type GanPenaltyName = 'none' | 'wgan-gp' | 'dragan' | 'r1' | 'r2' | 'lecam' | 'clip';

/** How a GAN is trained. */
export interface GanOptions {
  /** What the two networks play for. Default 'nonSaturating'. */
  readonly loss?: AdversarialLossName;
  readonly discriminatorOptimizer?: OptimizerOptions;
  readonly generatorOptimizer?: OptimizerOptions;
  /** Updates of the discriminator for each one of the generator, each with a batch of its own. Default 1. */
  readonly discriminatorSteps?: number;
  /** What keeps the discriminator smooth. Default none. */
  readonly penalty?: {
    readonly kind?: GanPenaltyName;
    /** Factor of the penalty, or for 'clip' the greatest size of a weight. Default: wgan-gp, dragan, r1 and r2 10, lecam 0.1, clip 0.01. */
    readonly weight?: number;
    /** Computed at every so many steps only, that many times as strong (lazy regularisation, 1912.04958). Default 1. */
    readonly every?: number;
  };
  /** Robust training by noise. All default to 0. */
  readonly noise?: {
    /** Deviation of the noise added to real and generated samples alike (1610.04490). */
    readonly instance?: Schedule;
    /** How far below 1 the discriminator's target for real samples lies (1606.03498). */
    readonly labelSmoothing?: number;
    /** Share of targets that are swapped. */
    readonly labelFlipping?: number;
    /** Deviation of the noise added to latent points. */
    readonly latent?: Schedule;
    /** Deviation of the noise added to conditions: samples of conditions as near to each other as that are taken together (2011.07466, section 2.3). */
    readonly conditions?: number;
  };
  /** Random changes of all samples before they are judged, for training on few: some hundreds of pictures. */
  readonly augment?: {
    /** Which kinds: of pictures 'colour', 'translation', 'cutout' (2006.10738). Default none. */
    readonly policy?: readonly string[];
    /** How likely each kind is for each sample; 'adaptive': as likely as the discriminator's sureness calls for (2006.06676). Default 1. */
    readonly probability?: number | 'adaptive';
    /** How sure the discriminator may be of real samples, where it adapts: the mean sign of their scores, -1 to 1. Default 0.6. */
    readonly target?: number;
    /** Real samples in which an adaptive probability can go from 0 to 1. Default 100,000; the paper has 500,000. */
    readonly over?: number;
  };
  /** Weight of naming the class of each sample rightly, in both networks' losses, of models whose discriminator names classes (1610.09585). Default 1. */
  readonly classification?: number;
  /** Of models whose discriminator is told classes or conditions: factor of its loss for real samples with those of others, which it is to refuse (1605.05396, algorithm 1). Default 0. */
  readonly mismatch?: number;
  /** Of models that are told conditions: factor of the mean absolute difference of a generated sample from the real one of its condition (1611.07004, equation 3). Default 0, unless the model says otherwise. */
  readonly closeness?: number;
  /**
   * Of models that are told conditions: factor of how much samples under one condition differ, by how far their latent points lie apart (1901.09024, equation 5), without which
   * a generator may make the same of every point. Default 0, unless the model says otherwise.
   */
  readonly variety?: number;
  /** Factor of feature matching in the generator's loss (1606.03498). Default 0. */
  readonly featureMatching?: number;
  /** Of models that have an encoder: the generator learns beside the game to give real samples back, which keeps it from making a few kinds of them only. */
  readonly autoencoding?: AutoencodingOptions & {
    /** Its factor; 0 for the game alone. Default 0, unless the model says otherwise. */
    readonly weight?: number;
  };
  /** The moving average of the generator's weights that samples are drawn from. */
  readonly average?: {
    /** Real samples after which a weight's share has halved; 0 for no average. Default 10,000. */
    readonly halfLife?: number;
    /** Real samples before averaging begins. Default 0. */
    readonly start?: number;
  };
}

const optimizer = nested(optimizerSchema({ learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }));

/** The fields of {@link GanOptions}. */
export const ganSchema = {
  loss: oneOf(Object.keys(adversarialLosses) as AdversarialLossName[], { default: 'nonSaturating' }),
  discriminatorOptimizer: optimizer,
  generatorOptimizer: optimizer,
  discriminatorSteps: positiveInteger({ default: 1 }),
  penalty: nested({
    kind: oneOf(['none', 'wgan-gp', 'dragan', 'r1', 'r2', 'lecam', 'clip'], { default: 'none' }),
    weight: optional(number({ min: 0 })),
    every: positiveInteger({ default: 1 }),
  }),
  noise: nested({
    instance: scheduleField({ min: 0, default: 0 }),
    labelSmoothing: number({ min: 0, max: 0.5, default: 0 }),
    labelFlipping: number({ min: 0, max: 0.5, default: 0 }),
    latent: scheduleField({ min: 0, default: 0 }),
    conditions: number({ min: 0, default: 0 }),
  }),
  augment: nested({
    policy: listOf(string(), { default: [] }),
    probability: either(number({ min: 0, max: 1, default: 1 }), oneOf(['adaptive'])),
    target: number({ min: -1, max: 1, default: 0.6 }),
    over: number({ above: 0, default: 100_000 }),
  }),
  classification: number({ min: 0, default: 1 }),
  mismatch: number({ min: 0, default: 0 }),
  closeness: number({ min: 0, default: 0 }),
  variety: number({ min: 0, default: 0 }),
  featureMatching: number({ min: 0, default: 0 }),
  autoencoding: nested({ weight: number({ min: 0, default: 0 }), ...autoencodingSchema }),
  average: nested(averageSchema),
};

/** Options with every default filled in. */
export type ResolvedGanOptions = Resolved<typeof ganSchema>;
