import { squaredDistanceBlocks } from './feature-distances.js';
import { checkFeaturePair, type FeatureMatrix } from './feature-matrix.js';
import type { MetricResult } from './metric-result.js';
import { squaredNeighbourRadii } from './nearest-neighbours.js';
import { shareOfSet } from './statistics.js';

/** Options of {@link precisionRecall}. */
export interface PrecisionRecallOptions {
  /** A sample's ball reaches to its `neighbours`-th nearest sample of the same side. Default 3. */
  readonly neighbours?: number;
}

/** The result of {@link precisionRecall}. */
export interface PrecisionRecall extends MetricResult {
  readonly name: 'precisionRecall';
  /** Quality: the share of generated samples that lie among the real ones; 0 to 1. */
  readonly precision: number;
  /** Variety: the share of real samples that lie among the generated ones; 0 to 1. */
  readonly recall: number;
  readonly real: number;
  readonly fake: number;
  readonly neighbours: number;
}

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, 1904.06991, equations 1 and 2): a sample lies among the others if it is within at least
 * one of their balls, each of which reaches to the `neighbours`-th nearest sample of its own side.
 *
 * Compare figures of equal sample counts only (10,000 or more a side is usual): fewer samples make larger balls. Sensitive to outliers, which have
 * large balls; {@link densityCoverage} is less so. Distances are computed in float32 on tfjs's current engine, in blocks of 16 MB.
 *
 * @throws if a side has no more samples than `neighbours`, the columns differ, or a feature is not finite
 */
export async function precisionRecall(
  real: FeatureMatrix,
  fake: FeatureMatrix,
  { neighbours = 3 }: PrecisionRecallOptions = {},
): Promise<PrecisionRecall> {
  checkFeaturePair('precisionRecall', real, fake);
  const realRadii = await squaredNeighbourRadii('precisionRecall', real, neighbours);
  const fakeRadii = await squaredNeighbourRadii('precisionRecall', fake, neighbours);
  const fakeAmongReal = new Uint8Array(fake.rows);
  const realAmongFake = new Uint8Array(real.rows);
  for await (const { row, rows, column, columns, values } of squaredDistanceBlocks(real, fake)) {
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        const squared = values[at]!;
        if (squared <= realRadii[row + i]!) fakeAmongReal[column + j] = 1;
        if (squared <= fakeRadii[column + j]!) realAmongFake[row + i] = 1;
      }
    }
  }
  return {
    name: 'precisionRecall',
    precision: shareOfSet(fakeAmongReal),
    recall: shareOfSet(realAmongFake),
    real: real.rows,
    fake: fake.rows,
    neighbours,
  };
}
