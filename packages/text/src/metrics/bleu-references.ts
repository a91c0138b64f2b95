import { count } from '../tokens/vocabulary.js';
import { ngramNumbers } from './ngram-numbers.js';

/** What smoothing puts in place of no match at all: NLTK's epsilon of `method1`. */
const EPSILON = 0.1;

/** The most often that one reference holds an n-gram, which one it is, and the most often that another one does. */
interface Most {
  times: number;
  owner: number;
  nextTimes: number;
}

/** References that candidates are scored against. */
export interface BleuReferences {
  /**
   * BLEU-1 … BLEU-`orders` of a candidate.
   *
   * @param except the number of the reference that is the candidate itself, and does not count
   */
  score(candidate: readonly number[], except?: number): number[];
}

/**
 * Prepares references for BLEU (Papineni et al. 2002): for each n-gram the most often that any one of them holds it. A candidate is then scored in
 * time that does not depend on how many references there are.
 *
 * Scores are those of NLTK's `sentence_bleu` with equal weights and `SmoothingFunction().method1`: an order without any match counts as 0.1 matches,
 * a candidate without a known token scores 0, and the brevity penalty goes by the reference of the closest length.
 */
export function bleuReferences(references: readonly (readonly number[])[], orders: number): BleuReferences {
  const numbers = ngramNumbers(orders);
  const most: Most[][] = Array.from({ length: orders }, () => []);
  const lengths = new Map<number, number>();
  references.forEach((reference, owner) => {
    count(lengths, reference.length);
    numbers.of(reference).forEach((ngrams, order) => {
      for (const [ngram, times] of counted(ngrams)) note(most[order]!, ngram, times, owner);
    });
  });

  return {
    score(candidate, except = -1) {
      const closest = closestLength(lengths, candidate.length, references[except]?.length);
      const precisions = numbers.of(candidate, true).map((ngrams, order) => {
        let matches = 0;
        for (const [ngram, times] of counted(ngrams)) {
          const found = most[order]![ngram];
          if (found) matches += Math.min(times, found.owner === except ? found.nextTimes : found.times);
        }
        return { matches, precision: (matches || EPSILON) / Math.max(1, ngrams.length) };
      });
      if (precisions[0]!.matches === 0) return precisions.map(() => 0);
      const brevity = candidate.length > closest ? 1 : Math.exp(1 - closest / candidate.length);
      let logarithms = 0;
      return precisions.map(({ precision }, order) => {
        logarithms += Math.log(precision);
        return brevity * Math.exp(logarithms / (order + 1));
      });
    },
  };
}

function counted(ngrams: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const ngram of ngrams) count(counts, ngram);
  return counts;
}

function note(most: Most[], ngram: number, times: number, owner: number): void {
  const known = most[ngram];
  if (!known) most[ngram] = { times, owner, nextTimes: 0 };
  else if (times > known.times) most[ngram] = { times, owner, nextTimes: known.times };
  else if (times > known.nextTimes) known.nextTimes = times;
}

/** The length of a reference that is nearest to a candidate's; of two equally near ones the shorter. */
function closestLength(lengths: ReadonlyMap<number, number>, length: number, except: number | undefined): number {
  let closest = Infinity;
  for (const [candidate, times] of lengths) {
    if (candidate === except && times === 1) continue;
    const nearer = Math.abs(candidate - length) - Math.abs(closest - length);
    if (nearer < 0 || (nearer === 0 && candidate < closest)) closest = candidate;
  }
  return closest;
}
