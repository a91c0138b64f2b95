import { interpolateSpherical, type LatentSpace, Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';

/** A latent point, all its parts one after another. */
export type Point = Float32Array;

/** One of the inputs that samples are made from: what all forms share, or what one has for itself. */
export interface LatentPart {
  /** 'shared', or the name of a form. */
  readonly name: string;
  readonly dimensions: number;
}

/** The latent points of a seed, the same that `polygan sample --seed` draws; more are a continuation. */
export async function drawPoints(
  latent: LatentSpace,
  parts: readonly LatentPart[],
  count: number,
  { seed, truncation }: { readonly seed: number | string; readonly truncation: number },
): Promise<Point[]> {
  const random = Random.fromSeed(seed);
  const drawn = tf.tidy(() => {
    if (parts.length === 1) return latent.sample(count, random, { truncation });
    const each = parts.map(({ name, dimensions }) =>
      name === 'shared'
        ? latent.sample(count, random.split('shared'), { truncation })
        : random.split(name).normalTensor<tf.Rank.R2>([count, dimensions]),
    );
    return tf.concat(each, 1);
  });
  const values = await drawn.data();
  drawn.dispose();
  const length = parts.reduce((sum, { dimensions }) => sum + dimensions, 0);
  return Array.from({ length: count }, (_, i) => Float32Array.from(values.slice(i * length, (i + 1) * length)));
}

/** Points on the way from one to another, each part along the way that stays where such points lie. */
export async function pointsBetween(
  latent: LatentSpace,
  parts: readonly LatentPart[],
  [from, to]: readonly [Point, Point],
  fractions: readonly number[],
): Promise<Point[]> {
  const rows = tf.tidy(() => {
    let at = 0;
    const ways = parts.map(({ name, dimensions }) => {
      const end = (point: Point) => tf.tensor1d(point.subarray(at, at + dimensions));
      const way = name === 'shared' ? latent.defaultInterpolation : interpolateSpherical;
      const points = way(end(from), end(to), fractions);
      at += dimensions;
      return points;
    });
    return tf.concat(ways, 1);
  });
  const values = (await rows.array()) as number[][];
  rows.dispose();
  return values.map((row) => Float32Array.from(row));
}

/** A point moved along directions, each so far. */
export function moved(point: Point, directions: readonly Point[], far: readonly number[]): Point {
  return point.map((value, i) => directions.reduce((sum, direction, d) => sum + direction[i]! * (far[d] ?? 0), value));
}
