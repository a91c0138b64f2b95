import { integer, number, optional, positiveInteger, string } from '../options/field.js';
import { either, nested, type Resolved, resolveOptions, type Schema } from '../options/resolve-options.js';
import type { Json } from './state.js';

/** When to stop, how to feed and how often to report; the same for every model. The first limit that is reached counts. */
export interface LoopOptions {
  /** Training steps. Default, if no other limit is given: as many as the method's stages have, or 10,000. */
  readonly steps?: number;
  /** Minutes of training, over all sessions of a run. */
  readonly minutes?: number;
  /** A metric of the reports and the value below or above which it is good enough. */
  readonly until?: { readonly metric: string; readonly below?: number; readonly above?: number };
  /** Samples in a batch. Default 64. */
  readonly batchSize?: number;
  /** Decides everything random: the order of the data, latent points, noise. Default 0. */
  readonly seed?: number | string;
  /** Steps from report to report. Default 20. */
  readonly reportEvery?: number;
  /** Aborting it throws its reason out of the loop, at the end of a step. */
  readonly signal?: AbortSignal;
}

const loopSchema = {
  steps: optional(positiveInteger()),
  minutes: optional(number({ above: 0 })),
  until: optional(nested({ metric: string(), below: optional(number()), above: optional(number()) })),
  batchSize: positiveInteger({ default: 64 }),
  seed: either(integer({ default: 0 }), string()),
  reportEvery: positiveInteger({ default: 20 }),
};

/** The loop's options with every default filled in. */
export type ResolvedLoopOptions = Resolved<typeof loopSchema>;

/**
 * Resolves what was handed to `train`: the loop's options and, by the model's own schema, those of its training method.
 *
 * @throws {OptionsError} for an option that neither of the two knows, or that is not what it must be
 */
export function resolveTrainOptions(
  { signal: _, ...given }: LoopOptions,
  methodSchema: Schema,
): { loop: ResolvedLoopOptions; method: Readonly<Record<string, Json>>; all: Readonly<Record<string, Json>> } {
  const all = resolveOptions('train', given, { ...methodSchema, ...loopSchema });
  const isLoops = ([name]: [string, unknown]) => Object.hasOwn(loopSchema, name);
  const entries = Object.entries(all);
  return {
    loop: Object.fromEntries(entries.filter(isLoops)) as unknown as ResolvedLoopOptions,
    method: Object.fromEntries(entries.filter((entry) => !isLoops(entry))) as Record<string, Json>,
    all: all as Record<string, Json>,
  };
}
