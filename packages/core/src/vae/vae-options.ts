import { type OptimizerOptions, optimizerSchema } from '../optimizers/optimizer-options.js';
import { number } from '../options/field.js';
import { nested, type Resolved } from '../options/resolve-options.js';
import { type Schedule, scheduleField } from '../schedules/schedule.js';
import { type LikelihoodOptions, likelihoodSchema } from './likelihoods.js';

/** How a variational autoencoder is trained. */
export interface VaeOptions {
  /** Default: Adam with a learning rate of 1e-3, β₁ of 0.9, β₂ of 0.999. */
  readonly optimizer?: OptimizerOptions;
  readonly likelihood?: LikelihoodOptions;
  /** Weight of the divergence (β-VAE). A schedule from 0 to 1 is the annealing of 1511.06349, section 3.1. Default 1. */
  readonly beta?: Schedule;
  /** Nats that each latent dimension may carry for nothing, against a posterior that says nothing (1606.04934). Default 0. */
  readonly freeBits?: number;
}

/** The fields of {@link VaeOptions}. */
export const vaeSchema = {
  optimizer: nested(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 })),
  likelihood: nested(likelihoodSchema),
  beta: scheduleField({ min: 0, default: 1 }),
  freeBits: number({ min: 0, default: 0 }),
};

/** Options with every default filled in. */
export type ResolvedVaeOptions = Resolved<typeof vaeSchema>;
