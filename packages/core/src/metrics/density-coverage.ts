import { squaredDistanceBlocks } from './feature-distances.js';
import { checkFeaturePair, type FeatureMatrix } from './feature-matrix.js';
import type { MetricResult } from './metric-result.js';
import { squaredNeighbourRadii } from './nearest-neighbours.js';
import { shareOfSet } from './statistics.js';

/** Options of {@link densityCoverage}. */
export interface DensityCoverageOptions {
  /** A real sample's ball reaches to its `neighbours`-th nearest real sample. Default 5. */
  readonly neighbours?: number;
}

/** The result of {@link densityCoverage}. */
export interface DensityCoverage extends MetricResult {
  readonly name: 'densityCoverage';
  /** Quality: in how many real balls a generated sample lies, divided by `neighbours`; 0 and up, near 1 for equal distributions. */
  readonly density: number;
  /** Variety: the share of real balls with a generated sample in them; 0 to 1. */
  readonly coverage: number;
  readonly real: number;
  readonly fake: number;
  readonly neighbours: number;
}

/**
 * Density and coverage (Naeem et al. 2020, 2002.09797, equations 3 and 4): precision and recall made robust to outliers, with balls around real
 * samples only.
 *
 * For equal distributions and equal counts coverage is about `1 - 0.5^neighbours` (0.97 for 5), not 1 (Lemma 2). Compare figures of equal
 * sample counts only. Distances are computed in float32 on tfjs's current engine, in blocks of 16 MB.
 *
 * @throws if the real side has no more samples than `neighbours`, the columns differ, or a feature is not finite
 */
export async function densityCoverage(
  real: FeatureMatrix,
  fake: FeatureMatrix,
  { neighbours = 5 }: DensityCoverageOptions = {},
): Promise<DensityCoverage> {
  checkFeaturePair('densityCoverage', real, fake);
  const radii = await squaredNeighbourRadii('densityCoverage', real, neighbours);
  const covered = new Uint8Array(real.rows);
  let memberships = 0;
  for await (const { row, rows, columns, values } of squaredDistanceBlocks(real, fake)) {
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        if (values[at]! > radii[row + i]!) continue;
        memberships++;
        covered[row + i] = 1;
      }
    }
  }
  return {
    name: 'densityCoverage',
    density: memberships / (neighbours * fake.rows),
    coverage: shareOfSet(covered),
    real: real.rows,
    fake: fake.rows,
    neighbours,
  };
}
