import { type OptimizerOptions, optimizerSchema } from '../optimizers/optimizer-options.js';
import { number } from '../options/field.js';
import { nested } from '../options/resolve-options.js';
import { withDefaults } from '../options/with-defaults.js';

/** How a generator learns to give real samples back. */
export interface AutoencodingOptions {
  /** Default: Adam with β₁ of 0.9 and a learning rate that falls from 1e-3 to 1e-4 over 200,000 samples, so that the game has its say later on. */
  readonly optimizer?: OptimizerOptions;
  /**
   * Share of noise in the points that samples are given back from, 0 to below 1. It makes neighbours alike, and bounds how much of a sample a point can
   * hold: -ln of it for each dimension, in nats. Default 0.4.
   */
  readonly noise?: number;
  /** What it costs, against what a sample is given back wrongly, that points do not lie as drawn ones do. Default 50. */
  readonly prior?: number;
}

const falling = { from: 1e-3, to: 1e-4, over: 200_000, shape: 'exponential' };

/** The fields of {@link AutoencodingOptions}. */
export const autoencodingSchema = {
  optimizer: nested(withDefaults(optimizerSchema({ learningRate: 1e-3, beta1: 0.9, beta2: 0.999 }), { learningRate: falling })),
  noise: number({ min: 0, max: 0.99, default: 0.4 }),
  prior: number({ min: 0, default: 50 }),
};
