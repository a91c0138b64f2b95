import { checkFeaturePair, type FeatureMatrix } from './feature-matrix.js';
import type { MetricResult } from './metric-result.js';
import { nearestNeighbours } from './nearest-neighbours.js';

/** The result of {@link dataCopying}. */
export interface DataCopying extends MetricResult {
  readonly name: 'dataCopying';
  /** The test statistic, standard normal where nothing is copied: below about -3 the generator copies, far above 0 it underfits. */
  readonly value: number;
  /** How often a generated sample lies further from the training data than a held-out real one; 0 (all copied) to 1, 0.5 for equal distributions. */
  readonly furtherShare: number;
  /** Median distance of a generated sample to its nearest training sample. */
  readonly medianDistance: number;
  /** The same for held-out real samples: what the distance of an honest sample looks like. */
  readonly heldOutMedianDistance: number;
  /** Training samples compared with. */
  readonly real: number;
  /** Held-out real samples. */
  readonly heldOut: number;
  readonly fake: number;
}

/**
 * Does the generator reproduce its training data? Compares how near generated samples lie to the training samples with how near unseen real
 * samples do, by the Mann-Whitney statistic (Meehan, Chaudhuri & Dasgupta 2020, 2004.05675, section 3.1; over the whole space instead of by cells).
 *
 * Hundreds of samples a side are enough. {@link nearestNeighbours} says which training samples to look at.
 *
 * @throws if a side is empty, the columns differ, or a feature is not finite
 */
export async function dataCopying(training: FeatureMatrix, heldOut: FeatureMatrix, fake: FeatureMatrix): Promise<DataCopying> {
  checkFeaturePair('dataCopying', training, heldOut);
  const ofHeldOut = (await nearestNeighbours(heldOut, training)).distances.sort();
  const ofFake = (await nearestNeighbours(fake, training)).distances.sort();
  const further = pairsFurther(ofFake, ofHeldOut);
  const pairs = ofFake.length * ofHeldOut.length;
  return {
    name: 'dataCopying',
    value: (further - pairs / 2) / Math.sqrt((pairs * (ofFake.length + ofHeldOut.length + 1)) / 12),
    furtherShare: further / pairs,
    medianDistance: median(ofFake),
    heldOutMedianDistance: median(ofHeldOut),
    real: training.rows,
    heldOut: heldOut.rows,
    fake: fake.rows,
  };
}

/** In how many pairs the first of two sorted lists has the larger number; a tie counts half. */
function pairsFurther(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  let below = 0;
  let notAbove = 0;
  for (const value of first) {
    while (below < second.length && second[below]! < value) below++;
    while (notAbove < second.length && second[notAbove]! <= value) notAbove++;
    sum += (below + notAbove) / 2;
  }
  return sum;
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
