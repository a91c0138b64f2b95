import {
  custom,
  integer,
  nested,
  number,
  type OptimizerOptions,
  optimizerSchema,
  positiveInteger,
  type Resolved,
} from '@polygan/core';
import { tokenOptimizerSchema } from '../language-models/likelihood-method.js';
import { type RewardOptions, rewardSchema } from './reward-options.js';
import { SHORT_SEQGAN_TRAINING as SHORT } from './seqgan-schedules.js';

/** How a SeqGAN is trained: three stages, counted in batches of real rows. The defaults are those of `SHORT_SEQGAN_TRAINING`. */
export interface SeqGanTrainingOptions {
  /** Batches of maximum likelihood that the generator begins with. Default 6,240. */
  readonly preTraining?: number;
  /** Batches that the discriminator learns from before the generator meets it. Default 1,500. */
  readonly discriminatorPreTraining?: number;
  /** Updates of the generator by policy gradient. Default 150. */
  readonly adversarialUpdates?: number;
  /** Batches that the discriminator learns from after each of these updates. Default 10. */
  readonly discriminatorSteps?: number;
  /** Updates of the discriminator that a batch of real rows is divided among, with as many generated rows each. Default 1. */
  readonly discriminatorUpdates?: number;
  /** Batches of generated rows that the discriminator is shown before new ones are drawn, and how often. Default 10, and once. */
  readonly negatives?: { readonly batches?: number; readonly passes?: number };
  /** Completions of each beginning of a row in Monte Carlo search. Default 16. */
  readonly rollOuts?: number;
  /** How much of itself the roll-out policy keeps at each update of the generator, 0 to 1. Default 0.8. */
  readonly lag?: number;
  readonly reward?: RewardOptions;
  /** Share of the discriminator's features that dropout keeps. Default 0.75. */
  readonly keep?: number;
  /** Factor of half the squared weights of the discriminator's last layer. Default 0.2. */
  readonly l2?: number;
  /** Of maximum likelihood. Default: Adam with a learning rate of 0.01 and β₁ of 0.9, gradients clipped to a norm of 5. */
  readonly generatorOptimizer?: OptimizerOptions;
  /** Of the policy gradient. Default: the same. */
  readonly policyOptimizer?: OptimizerOptions;
  /** Default: Adam with a learning rate of 1e-3 and β₁ of 0.9. */
  readonly discriminatorOptimizer?: OptimizerOptions;
}

/** The fields of {@link SeqGanTrainingOptions}. */
export const seqGanTrainingSchema = {
  preTraining: integer({ min: 0, default: SHORT.preTraining }),
  discriminatorPreTraining: integer({ min: 0, default: SHORT.discriminatorPreTraining }),
  adversarialUpdates: integer({ min: 0, default: SHORT.adversarialUpdates }),
  discriminatorSteps: positiveInteger({ default: SHORT.discriminatorSteps }),
  discriminatorUpdates: positiveInteger({ default: SHORT.discriminatorUpdates }),
  negatives: nested({
    batches: positiveInteger({ default: SHORT.negatives.batches }),
    passes: positiveInteger({ default: SHORT.negatives.passes }),
  }),
  rollOuts: positiveInteger({ default: 16 }),
  lag: number({ min: 0, max: 1, default: 0.8 }),
  reward: nested(rewardSchema),
  keep: number({ above: 0, max: 1, default: 0.75 }),
  l2: number({ min: 0, default: 0.2 }),
  generatorOptimizer: nested(tokenOptimizerSchema),
  policyOptimizer: nested(tokenOptimizerSchema),
  discriminatorOptimizer: nested(optimizerSchema({ ...SHORT.discriminatorOptimizer, beta1: 0.9, beta2: 0.999 })),
};

/** {@link SeqGanTrainingOptions} with every default filled in. */
export type ResolvedSeqGanTraining = Resolved<typeof seqGanTrainingSchema>;

/** What a SeqGAN's discriminator is like. */
export interface SequenceDiscriminatorShape {
  /** Dimensions of a token's embedding. Default 64. */
  readonly embedding?: number;
  /** Tokens that the filters of each kind look at. Default: of 1 to 10, 15 and 20 those that a row is long enough for. */
  readonly widths?: readonly number[];
  /** Filters of each kind. Default: 100 for width 1, 200 for 2 to 5, 100 for 6 to 10, 160 for 15 and 20. */
  readonly filters?: readonly number[];
}

/** Filters by width, as in the paper's table of settings. */
const PAPER_FILTERS: ReadonlyArray<readonly [width: number, filters: number]> = [
  [1, 100],
  [2, 200],
  [3, 200],
  [4, 200],
  [5, 200],
  [6, 100],
  [7, 100],
  [8, 100],
  [9, 100],
  [10, 100],
  [15, 160],
  [20, 160],
];

const counts = (given: unknown) => Array.isArray(given) && given.length > 0 && given.every((n) => Number.isInteger(n) && n >= 1);

/** The fields of {@link SequenceDiscriminatorShape} for rows of a length. */
export function discriminatorShapeSchema(length: number) {
  const fitting = PAPER_FILTERS.filter(([width]) => width <= length);
  return {
    embedding: positiveInteger({ default: 64 }),
    widths: custom<readonly number[]>(
      `a list of whole numbers from 1 to ${length}`,
      (given) => counts(given) && (given as number[]).every((width) => width <= length),
      { default: fitting.map(([width]) => width) },
    ),
    filters: custom<readonly number[]>('a list of whole numbers from 1', counts, { default: fitting.map(([, count]) => count) }),
  };
}
