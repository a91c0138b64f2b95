import {
  type GanOptions,
  type GanParts,
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

/** How a learning rate falls: to so much of what it begins with, over so many samples after so many. */
type Fall = Readonly<Record<'to' | 'over' | 'after', number>>;

/** From the first sample on: critics that win their game early soon know small data by heart, and samples get worse again. */
export const FROM_THE_FIRST: Fall = { to: 0.1, after: 0, over: 250_000 };
/** For critics that come to know their data later. */
export const LATE: Fall = { to: 0.1, after: 192_000, over: 64_000 };

/** What {@link playersField} has to know of a modality. */
export type PlayedParts = Pick<GanParts<unknown>, 'training' | 'autoencoder'>;

/**
 * A field of {@link PlayerOptions} by the names of modalities, as each has them alone, but for learning rates, which fall.
 *
 * @param fallOf how those of a modality fall
 */
export function playersField(
  model: string,
  modalities: Readonly<Record<string, PlayedParts>>,
  fallOf: (parts: PlayedParts) => Fall,
) {
  const each = Object.entries(modalities).map(([name, parts]) => {
    const alone = withDefaults(playerSchema, parts.training ?? {});
    const { discriminatorOptimizer, generatorOptimizer } = resolveOptions(model, {}, alone);
    const fall = fallOf(parts);
    const slower = {
      discriminatorOptimizer: falling(discriminatorOptimizer, fall),
      generatorOptimizer: falling(generatorOptimizer, fall),
    };
    return [name, nested(withDefaults(alone, slower))] as const;
  });
  return nested(Object.fromEntries(each));
}

/** An optimizer whose learning rate falls, unless it moves already. */
export function falling<Options extends Pick<ResolvedOptimizerOptions, 'learningRate'>>(
  { learningRate, ...optimizer }: Options,
  { to, ...fall }: Fall,
) {
  const moving = typeof learningRate === 'number' ? { ...fall, from: learningRate, to: to * learningRate } : learningRate;
  return { ...optimizer, learningRate: moving };
}
