import type { SeqGanTrainingOptions } from './seqgan-options.js';

/**
 * A schedule for a user's own file, and the default: 9,240 batches. Not from a publication. Against {@link RELEASED_SEQGAN_TRAINING}, maximum likelihood is a
 * third as long, the discriminator learns from fewer batches at ten times the learning rate, each batch is one update with new generated rows, and the
 * generator gets 150 updates with 10 batches for the discriminator after each.
 */
export const SHORT_SEQGAN_TRAINING = {
  preTraining: 6_240,
  discriminatorPreTraining: 1_500,
  adversarialUpdates: 150,
  discriminatorSteps: 10,
  discriminatorUpdates: 1,
  negatives: { batches: 10, passes: 1 },
  discriminatorOptimizer: { learningRate: 1e-3 },
} as const satisfies SeqGanTrainingOptions;

/**
 * The schedule of the code that SeqGAN's authors released in 2017, over 9,984 rows in batches of 64: 120 epochs of maximum likelihood, 150 of the
 * discriminator, 200 updates of the generator with 15 epochs of the discriminator after each; 510,120 batches. Its log ends at update 150.
 */
export const RELEASED_SEQGAN_TRAINING = {
  preTraining: 18_720,
  discriminatorPreTraining: 23_400,
  adversarialUpdates: 200,
  discriminatorSteps: 2_340,
  // Halves of real rows: as many in an update as generated ones.
  discriminatorUpdates: 2,
  negatives: { batches: 156, passes: 3 },
  discriminatorOptimizer: { learningRate: 1e-4 },
} as const satisfies SeqGanTrainingOptions;

/** The schedule of the code of the paper (September 2016): twice the epochs of maximum likelihood at a tenth of the learning rate, 800 updates. */
export const PAPER_SEQGAN_TRAINING = {
  ...RELEASED_SEQGAN_TRAINING,
  preTraining: 37_440,
  adversarialUpdates: 800,
  generatorOptimizer: { learningRate: 0.001 },
  policyOptimizer: { learningRate: 0.001 },
} as const satisfies SeqGanTrainingOptions;
