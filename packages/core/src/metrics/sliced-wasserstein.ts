import { Random } from '../random/random.js';
import { checkFeaturePair, type FeatureMatrix } from './feature-matrix.js';
import type { MetricResult } from './metric-result.js';

/** Options of {@link slicedWasserstein}. */
export interface SlicedWassersteinOptions {
  /** How many random directions. Default 256; the error falls with its square root. */
  readonly projections?: number;
  /** 1: mean distance between matched samples; 2: root of the mean squared distance. Default 2. */
  readonly order?: 1 | 2;
  /** Of the directions. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link slicedWasserstein}. */
export interface SlicedWasserstein extends MetricResult {
  readonly name: 'slicedWasserstein';
  /** 0 and up, in units of the vectors. */
  readonly value: number;
  readonly real: number;
  readonly fake: number;
  readonly projections: number;
  readonly order: 1 | 2;
  readonly seed: number | string;
}

/**
 * The sliced Wasserstein distance `(E_θ W_p(θ·real, θ·fake)^p)^(1/p)` over directions θ drawn evenly from the unit sphere (Bonneel et al. 2015,
 * "Sliced and Radon Wasserstein barycenters of measures"; for pictures Karras et al. 2018, 1710.10196, section 5).
 *
 * Needs no network: works on any vectors, raw samples included. Along one line the distance is exact, by sorting. Biased upwards with few samples
 * (put the figure between two sets of real samples beside it).
 *
 * @throws if a side is empty, the columns differ, a value is not finite, or an option is out of range
 */
export function slicedWasserstein(
  real: FeatureMatrix,
  fake: FeatureMatrix,
  { projections = 256, order = 2, seed = 0 }: SlicedWassersteinOptions = {},
): SlicedWasserstein {
  checkFeaturePair('slicedWasserstein', real, fake);
  if (!Number.isInteger(projections) || projections < 1) {
    throw new Error(`slicedWasserstein: projections must be a whole number from 1 up, got ${projections}`);
  }
  if (order !== 1 && order !== 2) throw new Error(`slicedWasserstein: order must be 1 or 2, got ${order}`);
  const random = Random.fromSeed(seed).split('slicedWasserstein');
  let sum = 0;
  for (let projection = 0; projection < projections; projection++) {
    const direction = randomDirection(random, real.columns);
    sum += lineDistance(sortedProjections(real, direction), sortedProjections(fake, direction), order);
  }
  const value = (sum / projections) ** (1 / order);
  return { name: 'slicedWasserstein', value, real: real.rows, fake: fake.rows, projections, order, seed };
}

function randomDirection(random: Random, columns: number): Float32Array {
  const direction = random.fillNormal(new Float32Array(columns));
  const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
  return direction.map((value) => value / length);
}

function sortedProjections({ values, rows, columns }: FeatureMatrix, direction: Float32Array): Float64Array {
  const projected = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += values[at++]! * direction[j]!;
    projected[i] = sum;
  }
  return projected.sort();
}

/** ∫ |A⁻¹(q) - B⁻¹(q)|^p dq over the quantile functions of two sorted sets of points: W_p^p on the line. The sets may differ in size. */
function lineDistance(a: Float64Array, b: Float64Array, order: 1 | 2): number {
  let sum = 0;
  let quantile = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const endA = (i + 1) / a.length;
    const endB = (j + 1) / b.length;
    const end = Math.min(endA, endB);
    sum += (end - quantile) * Math.abs(a[i]! - b[j]!) ** order;
    quantile = end;
    if (endA <= end) i++;
    if (endB <= end) j++;
  }
  return sum;
}
