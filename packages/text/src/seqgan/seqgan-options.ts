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

/** How a SeqGAN is trained: three stages, counted in batches of real rows. */
export interface SeqGanTrainingOptions {
  /** Batches of maximum likelihood that the generator begins with. Default 18,720: 120 times 9,984 rows. */
  readonly preTraining?: number;
  /** Batches that the discriminator learns from before the generator meets it. Default 23,400: 150 times 9,984 rows. */
  readonly discriminatorPreTraining?: number;
  /** Updates of the generator by policy gradient. Default 200. */
  readonly adversarialUpdates?: number;
  /** Batches that the discriminator learns from after each of these updates. Default 2,340: 15 times 9,984 rows. */
  readonly discriminatorSteps?: number;
  /** Updates of the discriminator that a batch of real rows is divided among, with as many generated rows each. Default 2: halves of real rows. */
  readonly discriminatorUpdates?: number;
  /** Batches of generated rows that the discriminator is shown before new ones are drawn, and how often. Default 156, and 3 times. */
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
  /** Default: Adam with a learning rate of 1e-4 and β₁ of 0.9. */
  readonly discriminatorOptimizer?: OptimizerOptions;
}

/** The fields of {@link SeqGanTrainingOptions}. */
export const seqGanTrainingSchema = {
  preTraining: integer({ min: 0, default: 18_720 }),
  discriminatorPreTraining: integer({ min: 0, default: 23_400 }),
  adversarialUpdates: integer({ min: 0, default: 200 }),
  discriminatorSteps: positiveInteger({ default: 2_340 }),
  discriminatorUpdates: positiveInteger({ default: 2 }),
  negatives: nested({ batches: positiveInteger({ default: 156 }), passes: positiveInteger({ default: 3 }) }),
  rollOuts: positiveInteger({ default: 16 }),
  lag: number({ min: 0, max: 1, default: 0.8 }),
  reward: nested(rewardSchema),
  keep: number({ above: 0, max: 1, default: 0.75 }),
  l2: number({ min: 0, default: 0.2 }),
  generatorOptimizer: nested(tokenOptimizerSchema),
  policyOptimizer: nested(tokenOptimizerSchema),
  discriminatorOptimizer: nested(optimizerSchema({ learningRate: 1e-4, beta1: 0.9, beta2: 0.999 })),
};

/** {@link SeqGanTrainingOptions} with every default filled in. */
export type ResolvedSeqGanTraining = Resolved<typeof seqGanTrainingSchema>;

/** The schedule of the code that SeqGAN's authors released in 2017, over 9,984 rows in batches of 64: what is the default. Its log ends at update 150. */
export const RELEASED_SEQGAN_TRAINING: SeqGanTrainingOptions = {};

/** The schedule of the code of the paper (September 2016): twice the epochs of maximum likelihood at a tenth of the learning rate, 800 updates. */
export const PAPER_SEQGAN_TRAINING: SeqGanTrainingOptions = {
  preTraining: 37_440,
  adversarialUpdates: 800,
  generatorOptimizer: { learningRate: 0.001 },
  policyOptimizer: { learningRate: 0.001 },
};

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
