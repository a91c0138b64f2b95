import { checkFeatures, type FeatureMatrix } from './feature-matrix.js';
import type { MetricResult } from './metric-result.js';
import { meanAndDeviation } from './statistics.js';

/** Options of {@link inceptionScore}. */
export interface InceptionScoreOptions {
  /** Into how many consecutive parts the samples are split. Default 10. */
  readonly splits?: number;
}

/** The result of {@link inceptionScore}. */
export interface InceptionScore extends MetricResult {
  readonly name: 'inceptionScore';
  /** Mean over the splits: 1 (every sample gets the same answer) to the number of classes (sure of each sample, all classes equally often). */
  readonly value: number;
  /** Standard deviation between the splits. */
  readonly deviation: number;
  readonly fake: number;
  readonly splits: number;
}

/**
 * The inception score `exp(E_x KL(p(y|x) ‖ p(y)))` of generated samples (Salimans et al. 2016, 1606.03498, section 4).
 *
 * Takes the class probabilities that a classifier of the domain gives (one row a sample, each adding up to 1). Sees no real samples: put the score of
 * real samples beside it. Biased towards 1 when there are few samples a class in a split; 50,000 in 10 splits is usual. Samples must be in random
 * order, not sorted by class: each split is scored on its own.
 *
 * @throws if a row is not a probability distribution, or there are fewer samples than splits
 */
export function inceptionScore(probabilities: FeatureMatrix, { splits = 10 }: InceptionScoreOptions = {}): InceptionScore {
  if (!Number.isInteger(splits) || splits < 1)
    throw new Error(`inceptionScore: splits must be a whole number from 1 up, got ${splits}`);
  checkFeatures('inceptionScore', probabilities, splits);
  checkDistributions(probabilities);
  const { rows } = probabilities;
  const scores = Array.from({ length: splits }, (_, split) =>
    scoreOfRows(probabilities, Math.floor((split * rows) / splits), Math.floor(((split + 1) * rows) / splits)),
  );
  const { mean: value, deviation } = meanAndDeviation(scores);
  return { name: 'inceptionScore', value, deviation, fake: rows, splits };
}

/** exp of the mean over rows of Σ p(y|x) (ln p(y|x) - ln p(y)), with 0 ln 0 = 0. */
function scoreOfRows({ values, columns }: FeatureMatrix, start: number, end: number): number {
  const marginal = new Float64Array(columns);
  for (let i = start; i < end; i++) for (let j = 0; j < columns; j++) marginal[j]! += values[i * columns + j]! / (end - start);
  let divergence = 0;
  for (let i = start; i < end; i++) {
    for (let j = 0; j < columns; j++) {
      const p = values[i * columns + j]!;
      if (p > 0) divergence += p * (Math.log(p) - Math.log(marginal[j]!));
    }
  }
  return Math.exp(divergence / (end - start));
}

function checkDistributions({ values, rows, columns }: FeatureMatrix): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    let negative = false;
    for (let j = i * columns; j < (i + 1) * columns; j++) {
      sum += values[j]!;
      negative ||= values[j]! < 0;
    }
    if (negative || Math.abs(sum - 1) > 1e-3) {
      throw new Error(
        `inceptionScore: row ${i} is not a probability distribution${negative ? '' : ` (it adds up to ${sum})`}; apply a softmax to logits`,
      );
    }
  }
}
