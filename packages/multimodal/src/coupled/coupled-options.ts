import {
  type AutoencodingOptions,
  autoencodingSchema,
  nested,
  type OptimizerOptions,
  optimizerSchema,
  type Resolved,
  withDefaults,
} from '@polygan/core';
import {
  FROM_THE_FIRST,
  falling,
  type PlayedParts,
  type PlayerOptions,
  playersField,
  type ResolvedPlayerOptions,
} from '../game/player-options.js';

/** How a coupled GAN is trained. */
export interface CoupledGanTraining {
  /**
   * How each modality plays its own game, by name; what is left out is as that modality's own model has it, but for learning rates, which fall to a tenth over
   * 250,000 samples. Layers that modalities have in common move as those of the first of them do.
   */
  readonly modalities?: Readonly<Record<string, PlayerOptions>>;
  /** Of the layers that all modalities share. Default: Adam with β₁ of 0.5 and a learning rate that falls from 2e-4 to a tenth over 250,000 samples. */
  readonly sharedOptimizer?: OptimizerOptions;
  /** How readers learn where samples lie, from generated ones. Default: Adam with a learning rate of 1e-3, β₁ of 0.9, β₂ of 0.999. */
  readonly readerOptimizer?: OptimizerOptions;
  /** Of modalities that can be autoencoded: the generator learns beside the game to give real samples back. Defaults as for a single model. */
  readonly autoencoding?: AutoencodingOptions;
}

const shared = { learningRate: 2e-4, beta1: 0.5, beta2: 0.999 };

const common = {
  sharedOptimizer: nested(withDefaults(optimizerSchema(shared), falling(shared, FROM_THE_FIRST))),
  readerOptimizer: nested(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 })),
  autoencoding: nested(autoencodingSchema),
};

/** The fields of {@link CoupledGanTraining} for modalities with these ways of training. */
export function coupledSchema(parts: Readonly<Record<string, PlayedParts>>) {
  return { ...common, modalities: playersField('coupledGan', parts, () => FROM_THE_FIRST) };
}

/** Options with every default filled in. */
export interface ResolvedCoupledGanTraining extends Resolved<typeof common> {
  readonly modalities: Readonly<Record<string, ResolvedPlayerOptions>>;
}
