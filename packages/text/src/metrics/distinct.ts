import { ngramNumbers } from './ngram-numbers.js';

/**
 * Distinct-n (Li et al. 2016, arXiv 1510.03055): how many different n-grams all texts together hold, over how many n-grams they hold. 0 to 1; it falls as
 * texts are added, so compare equal numbers of texts. 0 where no text is long enough.
 */
export function distinct(texts: readonly (readonly number[])[], order: number): number {
  const numbers = ngramNumbers(order);
  let total = 0;
  for (const text of texts) total += numbers.of(text)[order - 1]!.length;
  return total === 0 ? 0 : numbers.size(order) / total;
}
