import { number, oneOf, optional } from '../options/field.js';
import type { Resolved } from '../options/resolve-options.js';
import { type Schedule, scheduleField } from '../schedules/schedule.js';

/** How the weights of one network follow their gradients. */
export interface OptimizerOptions {
  /** Default 'adam' (1412.6980). */
  readonly kind?: 'adam' | 'rmsprop' | 'sgd';
  /** Default 2e-4. */
  readonly learningRate?: Schedule;
  /** Adam's decay of the mean of gradients. Default 0.5, as in DCGAN. */
  readonly beta1?: number;
  /** Adam's decay of the mean of squares; RMSProp's decay. Default 0.999. */
  readonly beta2?: number;
  /** Of SGD and RMSProp. Default 0. */
  readonly momentum?: number;
  /** Added to the root of the mean of squares; RMSProp adds it under the root. Default 1e-8. */
  readonly epsilon?: number;
  /** The greatest norm that the gradients of all weights together may have. Default: none. */
  readonly clipNorm?: number;
  /** The greatest size of any one gradient. Default: none. */
  readonly clipValue?: number;
}

/** The fields of {@link OptimizerOptions}. */
export function optimizerSchema(defaults: { learningRate: number; beta1: number; beta2: number }) {
  return {
    kind: oneOf(['adam', 'rmsprop', 'sgd'], { default: 'adam' }),
    learningRate: scheduleField({ min: 0, default: defaults.learningRate }),
    beta1: number({ min: 0, max: 1, default: defaults.beta1 }),
    beta2: number({ min: 0, max: 1, default: defaults.beta2 }),
    momentum: number({ min: 0, max: 1, default: 0 }),
    epsilon: number({ above: 0, default: 1e-8 }),
    clipNorm: optional(number({ above: 0 })),
    clipValue: optional(number({ above: 0 })),
  };
}

/** Options with every default filled in. */
export type ResolvedOptimizerOptions = Resolved<ReturnType<typeof optimizerSchema>>;
