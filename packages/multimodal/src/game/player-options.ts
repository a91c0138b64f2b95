import {
  type GanOptions,
  ganSchema,
  nested,
  type Resolved,
  type ResolvedOptimizerOptions,
  resolveOptions,
  withDefaults,
} from '@polygan/core';

/** How one modality plays its own game. Every step is one of all modalities, so what changes a single game's steps or samples has no place here. */
export type PlayerOptions = Pick<GanOptions, 'loss' | 'discriminatorOptimizer' | 'generatorOptimizer' | 'penalty' | 'average'>;

const { loss, discriminatorOptimizer, generatorOptimizer, penalty, average } = ganSchema;
/** The fields of {@link PlayerOptions}. */
const playerSchema = { loss, discriminatorOptimizer, generatorOptimizer, penalty, average };

/** Options with every default filled in. */
export type ResolvedPlayerOptions = Resolved<typeof playerSchema>;

/**
 * Learning rates fall to so much of what they begin with, over so many samples after so many: with steady ones critics come to know small data by heart, and
 * samples get worse again.
 */
const FALL = { to: 0.1, after: 192_000, over: 64_000 };

/** A field of {@link PlayerOptions} by the names of modalities, as each has them alone, but for learning rates, which fall. */
export function playersField(model: string, defaults: Readonly<Record<string, GanOptions | undefined>>) {
  const each = Object.entries(defaults).map(([name, own]) => {
    const alone = withDefaults(playerSchema, own ?? {});
    const { discriminatorOptimizer, generatorOptimizer } = resolveOptions(model, {}, alone);
    const slower = { discriminatorOptimizer: falling(discriminatorOptimizer), generatorOptimizer: falling(generatorOptimizer) };
    return [name, nested(withDefaults(alone, slower))] as const;
  });
  return nested(Object.fromEntries(each));
}

/** An optimizer whose learning rate falls, unless it moves already. */
export function falling<Options extends Pick<ResolvedOptimizerOptions, 'learningRate'>>({ learningRate, ...optimizer }: Options) {
  const moving = typeof learningRate === 'number' ? { ...FALL, from: learningRate, to: FALL.to * learningRate } : learningRate;
  return { ...optimizer, learningRate: moving };
}
