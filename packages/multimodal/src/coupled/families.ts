import type { CoupledPlayer } from './coupled-player.js';
import { areAlike, follow, type TiedWeights, tiedWeights } from './tied-weights.js';

/** Modalities whose networks are alike: what these have in common. */
export interface Family {
  readonly names: readonly string[];
  readonly generators: TiedWeights;
  readonly averagedGenerators: TiedWeights;
  readonly critics: TiedWeights;
}

/**
 * The families of two modalities or more. All begin with the weights of their first one where they have them in common.
 *
 * @param ownLayers how many layers next to the samples each keeps for itself
 */
export function familiesOf(players: readonly CoupledPlayer[], ownLayers: number): readonly Family[] {
  const ofGenerators = { last: ownLayers };
  const ofCritics = { first: ownLayers };
  const groups: CoupledPlayer[][] = [];
  for (const player of players) {
    const found = groups.find(
      ([leader]) =>
        areAlike(leader!.generator, player.generator, ofGenerators) && areAlike(leader!.critic, player.critic, ofCritics),
    );
    if (found) found.push(player);
    else groups.push([player]);
  }
  return groups
    .filter((group) => group.length > 1)
    .map((group) => {
      const family = {
        names: group.map(({ name }) => name),
        generators: tiedWeights(group.map(({ generator }) => generator), ofGenerators), // biome-ignore format: a table
        averagedGenerators: tiedWeights(group.map(({ averagedGenerator }) => averagedGenerator), ofGenerators), // biome-ignore format: a table
        critics: tiedWeights(group.map(({ critic }) => critic), ofCritics), // biome-ignore format: a table
      };
      for (const tied of [family.generators, family.averagedGenerators, family.critics]) follow(tied);
      return family;
    });
}
