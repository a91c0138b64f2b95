import { Random } from '../random/random.js';
import { checkFeaturePair, type FeatureMatrix } from './feature-matrix.js';
import { productBlocks } from './feature-products.js';
import type { MetricResult } from './metric-result.js';
import { meanAndDeviation } from './statistics.js';

/** Options of {@link kernelDistance}. */
export interface KernelDistanceOptions {
  /** How many random subsets are compared. Default 100. */
  readonly subsets?: number;
  /** Samples of each side in a subset; at least 2. Default 1000, or the smaller side's number of samples. */
  readonly subsetSize?: number;
  /** Of the choice of subsets. Default 0. */
  readonly seed?: number | string;
}

/** The result of {@link kernelDistance}. */
export interface KernelDistance extends MetricResult {
  readonly name: 'kernelDistance';
  /** Mean over the subsets; 0 for equal distributions, where it may come out slightly negative. */
  readonly value: number;
  /** Standard deviation between the subsets (not of their mean). */
  readonly deviation: number;
  readonly real: number;
  readonly fake: number;
  readonly subsets: number;
  readonly subsetSize: number;
  readonly seed: number | string;
}

/**
 * The kernel distance: the unbiased estimate of the squared maximum mean discrepancy under the kernel `k(x, y) = (x·y / columns + 1)³`,
 * averaged over random subsets. With the features of Inception-v3 this is the KID (Bińkowski et al. 2018, 1801.01401, section 4).
 *
 * `mean_{i≠j} k(rᵢ, rⱼ) + mean_{i≠j} k(fᵢ, fⱼ) - 2 mean k(rᵢ, fⱼ)`
 *
 * Unbiased at any sample count, unlike the Fréchet distance, so it is the one to use where there are few samples (hundreds). Inner products are
 * computed in float32 on tfjs's current engine, everything else in double precision.
 *
 * @throws if a side has fewer than 2 samples, a subset is larger than a side, the columns differ, or a feature is not finite
 */
export async function kernelDistance(
  real: FeatureMatrix,
  fake: FeatureMatrix,
  { subsets = 100, subsetSize = Math.min(1000, real.rows, fake.rows), seed = 0 }: KernelDistanceOptions = {},
): Promise<KernelDistance> {
  checkFeaturePair('kernelDistance', real, fake, 2);
  if (!Number.isInteger(subsets) || subsets < 1)
    throw new Error(`kernelDistance: subsets must be a whole number from 1 up, got ${subsets}`);
  if (!Number.isInteger(subsetSize) || subsetSize < 2 || subsetSize > Math.min(real.rows, fake.rows)) {
    throw new Error(
      `kernelDistance: subsetSize must be from 2 to ${Math.min(real.rows, fake.rows)} (the smaller side), got ${subsetSize}`,
    );
  }
  const random = Random.fromSeed(seed).split('kernelDistance');
  const estimates: number[] = [];
  for (let subset = 0; subset < subsets; subset++) {
    const a = subsetOf(real, subsetSize, random);
    const b = subsetOf(fake, subsetSize, random);
    const within = (await kernelSum(a, a, true)) + (await kernelSum(b, b, true));
    estimates.push(within / (subsetSize * (subsetSize - 1)) - (2 * (await kernelSum(a, b, false))) / subsetSize ** 2);
  }
  const { mean: value, deviation } = meanAndDeviation(estimates);
  return { name: 'kernelDistance', value, deviation, real: real.rows, fake: fake.rows, subsets, subsetSize, seed };
}

async function kernelSum(left: FeatureMatrix, right: FeatureMatrix, skipDiagonal: boolean): Promise<number> {
  let sum = 0;
  for await (const { row, rows, column, columns, values } of productBlocks(left, right)) {
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        if (skipDiagonal && row + i === column + j) continue;
        const base = values[at]! / left.columns + 1;
        sum += base * base * base;
      }
    }
  }
  return sum;
}

function subsetOf({ values, rows, columns }: FeatureMatrix, size: number, random: Random): FeatureMatrix {
  const chosen = new Float32Array(size * columns);
  random
    .permutation(rows)
    .subarray(0, size)
    .forEach((row, position) => {
      chosen.set(values.subarray(row * columns, (row + 1) * columns), position * columns);
    });
  return { values: chosen, rows: size, columns };
}
