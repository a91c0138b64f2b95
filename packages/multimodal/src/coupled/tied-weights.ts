import * as tf from '@tensorflow/tfjs';

/** Which layers with weights a network keeps for itself: so many of the first and of the last. */
export interface OwnLayers {
  readonly first?: number;
  readonly last?: number;
}

/** The weights of layers that networks of several modalities have in common: the leader's, and those that follow it. */
export type TiedWeights = ReadonlyMap<tf.Variable, readonly tf.Variable[]>;

/**
 * The weights that networks which are alike can have in common: those of all layers but some that each keeps for itself.
 *
 * @param networks of one leader and of those that follow it, see {@link areAlike}
 */
export function tiedWeights(networks: readonly tf.LayersModel[], own: OwnLayers): TiedWeights {
  const [leader, ...followers] = networks.map((network) => sharedWeights(network, own).map((weight) => weight.variable));
  return new Map(leader!.map((variable, i) => [variable, followers.map((each) => each[i]!)]));
}

/** Whether two networks could have all layers in common but some that each keeps for itself: the same kinds of layers, with weights of the same shapes. */
export function areAlike(a: tf.LayersModel, b: tf.LayersModel, own: OwnLayers): boolean {
  const described = (network: tf.LayersModel) =>
    JSON.stringify([weighted(network).length, sharedWeights(network, own).map(({ layer, variable }) => [layer, variable.shape])]);
  return described(a) === described(b);
}

/** Adds the gradients of followers to those of their leaders, whose optimizers move them. Differentiates nothing; new tensors. */
export function gathered(gradients: tf.NamedTensorMap, tied: TiedWeights): tf.NamedTensorMap {
  const all = { ...gradients };
  for (const [leader, followers] of tied) {
    const found = [leader, ...followers].flatMap(({ name }) => all[name] ?? []);
    for (const { name } of followers) delete all[name];
    if (found.length > 0) all[leader.name] = tf.addN(found);
  }
  return all;
}

/** Makes followers what their leaders are. */
export function follow(tied: TiedWeights): void {
  for (const [leader, followers] of tied) for (const follower of followers) follower.assign(leader);
}

/** Ties of several families, and of both sides of the game. */
export function joinedTies(ties: readonly TiedWeights[]): TiedWeights {
  return new Map(ties.flatMap((each) => [...each]));
}

function sharedWeights(network: tf.LayersModel, { first = 0, last = 0 }: OwnLayers) {
  const layers = weighted(network);
  return layers
    .slice(first, Math.max(first, layers.length - last))
    .flatMap((layer) =>
      layer.trainableWeights.map((weight) => ({ layer: layer.getClassName(), variable: weight.read() as tf.Variable })),
    );
}

function weighted(network: tf.LayersModel): tf.layers.Layer[] {
  return network.layers.filter((layer) => layer.trainableWeights.length > 0);
}
