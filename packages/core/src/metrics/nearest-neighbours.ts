import { squaredDistance, squaredDistanceBlocks } from './feature-distances.js';
import { checkFeaturePair, checkFeatures, type FeatureMatrix } from './feature-matrix.js';

/** For each query its nearest reference: what to look at when a generator may have memorised its data. */
export interface NearestNeighbours {
  /** The row of the nearest reference, one a query. */
  readonly indices: Uint32Array;
  /** The Euclidean distance to it, one a query. */
  readonly distances: Float64Array;
}

/**
 * Finds the nearest reference of each query by Euclidean distance.
 *
 * Candidates are found in float32 on tfjs's current engine and ranked again in double precision, so a copy is at distance 0 exactly.
 *
 * @throws if a side is empty, the columns differ, or a feature is not finite
 */
export async function nearestNeighbours(queries: FeatureMatrix, references: FeatureMatrix): Promise<NearestNeighbours> {
  checkFeaturePair('nearestNeighbours', references, queries);
  const candidates = await nearest(queries, references, Math.min(4, references.rows));
  const indices = new Uint32Array(queries.rows);
  const distances = new Float64Array(queries.rows).fill(Number.POSITIVE_INFINITY);
  for (let query = 0; query < queries.rows; query++) {
    for (const candidate of candidates.row(query)) {
      const distance = Math.sqrt(squaredDistance(queries, query, references, candidate));
      if (distance < distances[query]!) {
        distances[query] = distance;
        indices[query] = candidate;
      }
    }
  }
  return { indices, distances };
}

/**
 * The squared distance of each row to its `neighbours`-th nearest other row: the squared radius of the ball that stands for the distribution around it.
 *
 * @throws if there are not more rows than `neighbours`
 */
export async function squaredNeighbourRadii(caller: string, features: FeatureMatrix, neighbours: number): Promise<Float64Array> {
  if (!Number.isInteger(neighbours) || neighbours < 1) {
    throw new Error(`${caller}: neighbours must be a whole number from 1 up, got ${neighbours}`);
  }
  checkFeatures(caller, features, neighbours + 1);
  const found = await nearest(features, features, neighbours, true);
  return Float64Array.from({ length: features.rows }, (_, row) => found.squared[row * neighbours + neighbours - 1]!);
}

/** The `count` nearest references of each query, nearest first; `skipSelf` leaves out the reference of the query's own number. */
async function nearest(queries: FeatureMatrix, references: FeatureMatrix, count: number, skipSelf = false) {
  const squared = new Float64Array(queries.rows * count).fill(Number.POSITIVE_INFINITY);
  const indices = new Uint32Array(queries.rows * count);
  for await (const { row, rows, column, columns, values } of squaredDistanceBlocks(queries, references)) {
    for (let i = 0, at = 0; i < rows; i++) {
      const first = (row + i) * count;
      const last = first + count - 1;
      for (let j = 0; j < columns; j++, at++) {
        const distance = values[at]!;
        if (distance >= squared[last]! || (skipSelf && row + i === column + j)) continue;
        let slot = last;
        for (; slot > first && squared[slot - 1]! > distance; slot--) {
          squared[slot] = squared[slot - 1]!;
          indices[slot] = indices[slot - 1]!;
        }
        squared[slot] = distance;
        indices[slot] = column + j;
      }
    }
  }
  return { squared, row: (query: number) => indices.subarray(query * count, (query + 1) * count) };
}
