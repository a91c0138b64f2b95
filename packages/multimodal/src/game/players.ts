import type { GanParts, Json, Modality, Random } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';

/** One modality of a joint GAN, as far as all joint GANs have it. */
export interface AnyPlayer {
  readonly name: string;
  readonly parts: GanParts<unknown>;
  readonly generator: tf.LayersModel;
  readonly averagedGenerator: tf.LayersModel;
  readonly critic: tf.LayersModel;
  readonly reader: tf.LayersModel;
  readonly encoder: tf.LayersModel | undefined;
  /** Latent dimensions that the modality has for itself. */
  readonly privateDimensions: number;
}

export function modalitiesOf(players: readonly AnyPlayer[]): Readonly<Record<string, Modality>> {
  return Object.fromEntries(players.map(({ name, parts }) => [name, parts.modality]));
}

export function readersOf(players: readonly AnyPlayer[]): Readonly<Record<string, tf.LayersModel>> {
  return Object.fromEntries(players.map(({ name, reader }) => [name, reader]));
}

/** What the modalities are and their options, as a run keeps them. */
export function describedPlayers(players: readonly AnyPlayer[]): Readonly<Record<string, { kind: string; options: Json }>> {
  return Object.fromEntries(players.map(({ name, parts }) => [name, { kind: parts.kind, options: parts.options as Json }]));
}

/** The networks of all modalities, by the names under which they are kept. */
export function networksOf(players: readonly AnyPlayer[]): Readonly<Record<string, tf.LayersModel>> {
  const each = players.flatMap(({ name, generator, averagedGenerator, critic, reader, encoder }) => [
    [`${name}-generator`, generator],
    [`${name}-averagedGenerator`, averagedGenerator],
    [`${name}-critic`, critic],
    [`${name}-reader`, reader],
    ...(encoder ? [[`${name}-encoder`, encoder]] : []),
  ]);
  return Object.fromEntries(each);
}

/** Normally distributed points `[count, privateDimensions]` of the modalities that have a private part, by name. The caller owns them. */
export function ownPoints(players: readonly AnyPlayer[], count: number, random: Random): Record<string, tf.Tensor2D> {
  const drawn = players
    .filter(({ privateDimensions }) => privateDimensions > 0)
    .map(({ name, privateDimensions }) => {
      return [name, random.split(name).normalTensor<tf.Rank.R2>([count, privateDimensions])] as const;
    });
  return Object.fromEntries(drawn);
}
