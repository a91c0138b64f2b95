import {
  type AutoencodingOptions,
  autoencodingSchema,
  nested,
  number,
  type OptimizerOptions,
  optimizerSchema,
  positiveInteger,
  type Resolved,
  withDefaults,
} from '@polygan/core';
import {
  FROM_THE_FIRST,
  LATE,
  type PlayedParts,
  type PlayerOptions,
  playersField,
  type ResolvedPlayerOptions,
} from '../game/player-options.js';

/** How a multimodal GAN is trained. */
export interface MultimodalTraining {
  /**
   * How each modality plays its own game, by name; what is left out is as that modality's own model has it, but for learning rates: they fall to a tenth
   * between samples 192,000 and 256,000, or, of modalities that can be autoencoded, from the first to sample 250,000.
   */
  readonly modalities?: Readonly<Record<string, PlayerOptions>>;
  /** How codes are learnt from pairs, before all else: the forms of one thing are to have the same code, those of different things different ones. */
  readonly reading?: {
    /** Steps that it takes, or a fifth of the minutes where a training is limited by those. Afterwards codes stay as they are. Default 2,000. */
    readonly steps?: number;
    /** What similarities are divided by: the lower, the more a near miss counts. Default 0.1. */
    readonly temperature?: number;
    /** Factor of what codes must tell of the pieces of other forms, such as the words of a text. Default 6. */
    readonly naming?: number;
    /** Default: Adam with β₁ of 0.9 and a learning rate that falls from 2e-3 to 1e-4 over 64,000 samples. */
    readonly optimizer?: OptimizerOptions;
  };
  /** Factor of the critics' loss for real samples with codes of other things, which they are to refuse (1605.05396, algorithm 1). Default 0.5. */
  readonly mismatch?: number;
  /** By modality, the factor of what a generated sample must show of the code that it was made from. Default 4 for those that can be autoencoded, 1 for others. */
  readonly agreement?: Readonly<Record<string, number>>;
  /**
   * Of modalities that can be autoencoded: the generator learns beside the game to give real samples back from their code and their private part. Noise in
   * private parts bounds what they can hold, so that codes are used. Defaults as for a single model, but for noise: 0.5.
   */
  readonly autoencoding?: AutoencodingOptions;
  /** How trunk and critic of codes learn to fill the shared latent space. Default: Adam with a learning rate of 5e-4, β₁ of 0, β₂ of 0.99. */
  readonly trunkOptimizer?: OptimizerOptions;
  /** Factor of the R1 penalty of the codes' critic. Default 0.1. */
  readonly trunkPenalty?: number;
}

const readersRate = { from: 2e-3, to: 1e-4, over: 64_000, shape: 'exponential' };

const common = {
  reading: nested({
    steps: positiveInteger({ default: 2000 }),
    temperature: number({ above: 0, default: 0.1 }),
    naming: number({ min: 0, default: 6 }),
    optimizer: nested(
      withDefaults(optimizerSchema({ learningRate: 2e-3, beta1: 0.9, beta2: 0.999 }), { learningRate: readersRate }),
    ),
  }),
  mismatch: number({ min: 0, default: 0.5 }),
  autoencoding: nested(withDefaults(autoencodingSchema, { noise: 0.5 })),
  trunkOptimizer: nested(optimizerSchema({ learningRate: 5e-4, beta1: 0, beta2: 0.99 })),
  trunkPenalty: number({ min: 0, default: 0.1 }),
};

/** Where the game alone does not find samples, as of sounds, the critic wins it early. */
const fallOf = ({ autoencoder }: PlayedParts) => (autoencoder ? FROM_THE_FIRST : LATE);

/**
 * A reader is not as hard to please as a critic, and what it likes best is one sample of each code: pictures get worse by it, and alike. Where the game alone finds no
 * samples, it is the surer guide.
 */
const agreementOf = ({ autoencoder }: PlayedParts) => (autoencoder ? 4 : 1);

/** The fields of {@link MultimodalTraining} for modalities with these ways of training. */
export function multimodalSchema(parts: Readonly<Record<string, PlayedParts>>) {
  const agreements = Object.entries(parts).map(([name, some]) => [name, number({ min: 0, default: agreementOf(some) })] as const);
  return {
    ...common,
    agreement: nested(Object.fromEntries(agreements)),
    modalities: playersField('multimodalGan', parts, fallOf),
  };
}

/** Options with every default filled in. */
export interface ResolvedMultimodalTraining extends Resolved<typeof common> {
  readonly agreement: Readonly<Record<string, number>>;
  readonly modalities: Readonly<Record<string, ResolvedPlayerOptions>>;
}
