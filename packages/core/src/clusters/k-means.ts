import { squaredDistance } from '../metrics/feature-distances.js';
import { checkFeatures, type FeatureMatrix } from '../metrics/feature-matrix.js';
import type { Random } from '../random/random.js';

/** Attempts from other first centres, and rounds of one should it not come to rest before. */
const ATTEMPTS = 4;
const MOST_ROUNDS = 100;

/**
 * The centres of clusters, so that each row lies near one: Lloyd's algorithm from rows that are drawn far apart (k-means++, Arthur & Vassilvitskii 2007), the
 * best of four attempts.
 *
 * @param clusters how many; where fewer rows differ there are fewer
 * @returns `[clusters, columns]`
 * @throws if there are no rows, or a feature is not finite
 */
export function kMeans(
  rows: FeatureMatrix,
  { clusters, random }: { readonly clusters: number; readonly random: Random },
): FeatureMatrix {
  checkFeatures('kMeans', rows);
  const attempts = Array.from({ length: ATTEMPTS }, (_, i) => oneAttempt(rows, drawnApart(rows, clusters, random.split(i))));
  return attempts.reduce((best, attempt) => (attempt.inertia < best.inertia ? attempt : best)).centres;
}

/** What {@link nearestCentres} found. */
export interface NearestCentres {
  /** The number of the nearest centre of each row. */
  readonly centres: Int32Array;
  /** How far it is, squared. */
  readonly distances: Float64Array;
}

/** The centre that is nearest to each row. */
export function nearestCentres(
  { values, rows, columns }: FeatureMatrix,
  { values: middles, rows: count }: FeatureMatrix,
): NearestCentres {
  const centres = new Int32Array(rows);
  const distances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let nearest = Infinity;
    for (let centre = 0; centre < count; centre++) {
      let distance = 0;
      // Most centres are known to be farther before all columns are added up.
      for (let a = row * columns, b = centre * columns, end = a + columns; a < end && distance < nearest; a++, b++) {
        distance += (values[a]! - middles[b]!) ** 2;
      }
      if (distance >= nearest) continue;
      nearest = distance;
      centres[row] = centre;
    }
    distances[row] = nearest;
  }
  return { centres, distances };
}

/** Rows as first centres, each drawn the likelier the farther it lies from those before. */
function drawnApart(rows: FeatureMatrix, clusters: number, random: Random): FeatureMatrix {
  const chosen = [random.integer(rows.rows)];
  const distances = new Float64Array(rows.rows).fill(Infinity);
  while (chosen.length < clusters) {
    const last = chosen.at(-1)!;
    for (let row = 0; row < rows.rows; row++) distances[row] = Math.min(distances[row]!, squaredDistance(rows, row, rows, last));
    const total = distances.reduce((sum, distance) => sum + distance, 0);
    if (total === 0) break;
    let left = random.uniform() * total;
    const drawn = distances.findIndex((distance) => {
      left -= distance;
      return distance > 0 && left < 0;
    });
    chosen.push(drawn >= 0 ? drawn : distances.findLastIndex((distance) => distance > 0));
  }
  const { columns, values } = rows;
  const centres = new Float64Array(chosen.length * columns);
  for (const [centre, row] of chosen.entries())
    centres.set(values.subarray(row * columns, (row + 1) * columns), centre * columns);
  return { values: centres, rows: chosen.length, columns };
}

function oneAttempt(rows: FeatureMatrix, first: FeatureMatrix): { readonly centres: FeatureMatrix; readonly inertia: number } {
  let centres = first;
  let nearest = nearestCentres(rows, centres);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    centres = middles(rows, nearest.centres, centres);
    const next = nearestCentres(rows, centres);
    const isAtRest = next.centres.every((centre, row) => centre === nearest.centres[row]);
    nearest = next;
    if (isAtRest) break;
  }
  return { centres, inertia: nearest.distances.reduce((sum, distance) => sum + distance, 0) };
}

/** The mean of the rows that are nearest to each centre; a centre without rows stays. */
function middles({ values, rows, columns }: FeatureMatrix, nearest: Int32Array, former: FeatureMatrix): FeatureMatrix {
  const sums = new Float64Array(former.values.length);
  const counts = new Int32Array(former.rows);
  for (let row = 0; row < rows; row++) {
    const centre = nearest[row]!;
    counts[centre]!++;
    for (let column = 0; column < columns; column++) sums[centre * columns + column]! += values[row * columns + column]!;
  }
  const means = sums.map((sum, at) => {
    const count = counts[Math.floor(at / columns)]!;
    return count > 0 ? sum / count : former.values[at]!;
  });
  return { values: means, rows: former.rows, columns };
}
