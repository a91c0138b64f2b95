import { type autoencodingSchema, partOfState, type Random, type Resolved, type State, type Step } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import type { JointBatch } from '../data/joint-batch.js';
import { halfOf } from './half-of.js';
import { type AutoencodedPlayer, PlayerAutoencoding, type PointsOfReal } from './player-autoencoding.js';
import type { ResolvedPlayerOptions } from './player-options.js';
import { PlayerTraining, type PlayingNetworks } from './player-training.js';

/** How all sides are trained. */
export interface SidesOptions {
  /** By the names of the modalities. */
  readonly modalities: Readonly<Record<string, ResolvedPlayerOptions>>;
  readonly autoencoding: Resolved<typeof autoencodingSchema>;
}

/** What all modalities of a joint GAN do for themselves in one training: their games, and to give real samples back, where there is an encoder. */
export class Sides<Player extends PlayingNetworks & AutoencodedPlayer> implements Iterable<PlayerTraining<Player>> {
  readonly all: readonly PlayerTraining<Player>[];
  readonly #autoencodings: ReadonlyMap<Player, PlayerAutoencoding>;

  /** @param left variables that the optimizers leave to others */
  constructor(
    players: readonly Player[],
    { modalities, autoencoding }: SidesOptions,
    left: ReadonlySet<tf.Variable> = new Set(),
  ) {
    this.all = players.map((player) => new PlayerTraining(player, modalities[player.name]!, left));
    const encoded = players.filter(({ encoder }) => encoder);
    this.#autoencodings = new Map(encoded.map((player) => [player, new PlayerAutoencoding(player, autoencoding, left)]));
  }

  [Symbol.iterator](): Iterator<PlayerTraining<Player>> {
    return this.all[Symbol.iterator]();
  }

  /** One update of each modality that can give samples back, for {@link halfOf} the batch. @param pointsOf what the points of these samples have to do with the model */
  autoencode(step: Step<JointBatch>, random: Random, pointsOf: (player: Player, samples: tf.Tensor) => PointsOfReal): void {
    for (const [player, autoencoding] of this.#autoencodings) {
      const samples = halfOf(step.batches[0]!.samples[player.name]!);
      autoencoding.train(samples, pointsOf(player, samples), random, step);
    }
  }

  /** The states of all parts, by the names that a method keeps them under. */
  async states(): Promise<Readonly<Record<string, State>>> {
    const parts = this.#parts.map(async ([name, part]) => [name, await part.state()] as const);
    return Object.fromEntries(await Promise.all(parts));
  }

  /** @param state of a method that has kept {@link states} in it */
  async restore(state: State): Promise<void> {
    for (const [name, part] of this.#parts) await part.restore(partOfState(state, name));
  }

  dispose(): void {
    for (const [, part] of this.#parts) part.dispose();
  }

  get #parts(): readonly (readonly [string, PlayerTraining<Player> | PlayerAutoencoding])[] {
    return [
      ...this.all.map((side) => [`modality-${side.player.name}`, side] as const),
      ...[...this.#autoencodings].map(([{ name }, each]) => [`autoencoding-${name}`, each] as const),
    ];
  }
}
