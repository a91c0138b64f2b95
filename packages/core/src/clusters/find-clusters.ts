import type { FeatureMatrix } from '../metrics/feature-matrix.js';
import type { Random } from '../random/random.js';
import { kMeans, nearestCentres } from './k-means.js';
import { principalComponents } from './principal-components.js';

/** Half whitened, words and voices were told apart best. */
const COMPONENTS = { dimensions: 32, whitening: 0.5 };

/** What {@link findClusters} found. */
export interface FoundClusters {
  /** The class that each cluster belongs to. */
  readonly owners: readonly number[];
  /** The cluster of each row of features, which need not be among those that were searched. */
  of(features: FeatureMatrix, classes: readonly number[]): Int32Array;
}

/**
 * Clusters of features within each class: k-means among their principal components.
 *
 * @param classes the class of each row
 * @param count how many clusters in all; each class has its share of them, and one at the least
 */
export function findClusters(
  features: FeatureMatrix,
  classes: readonly number[],
  { count, random }: { readonly count: number; readonly random: Random },
): FoundClusters {
  const show = principalComponents(features, COMPONENTS);
  const places = show(features);
  const byClass = Array.from({ length: Math.max(...classes) + 1 }, (_, number) => {
    const own = rowsWhere(places, (row) => classes[row] === number);
    // A class that none of these rows is of: what comes later is in one cluster, where the middle of all is.
    if (own.rows === 0) return { values: new Float64Array(own.columns), rows: 1, columns: own.columns };
    return kMeans(own, { clusters: Math.max(1, Math.floor((count * own.rows) / places.rows)), random: random.split(number) });
  });
  const owners = byClass.flatMap(({ rows }, number) => Array.from({ length: rows }, () => number));
  return {
    owners,
    of(more, inClasses) {
      const shown = show(more);
      const clusters = new Int32Array(inClasses.length);
      for (const number of new Set(inClasses)) {
        const { centres } = nearestCentres(shown, byClass[number]!);
        inClasses.forEach((own, row) => {
          if (own === number) clusters[row] = owners.indexOf(number) + centres[row]!;
        });
      }
      return clusters;
    },
  };
}

function rowsWhere({ values, rows, columns }: FeatureMatrix, holds: (row: number) => boolean): FeatureMatrix {
  const chosen = Array.from({ length: rows }, (_, row) => row).filter(holds);
  const own = new Float64Array(chosen.length * columns);
  for (const [to, row] of chosen.entries()) own.set(values.subarray(row * columns, (row + 1) * columns), to * columns);
  return { values: own, rows: chosen.length, columns };
}
