import { bleuReferences } from './bleu-references.js';

/** Mean BLEU by order: `bleu[4]` is BLEU-4. */
export type BleuScores = Readonly<Record<number, number>>;

/** Options of {@link bleu} and {@link selfBleu}. */
export interface BleuOptions {
  /** The orders to report, each the geometric mean of the precisions of 1 to n tokens. Default 2, 3, 4, 5. */
  readonly orders?: readonly number[];
}

const ORDERS = [2, 3, 4, 5] as const;

/**
 * How much of generated texts can be found in real ones: the mean over candidates of BLEU against all references at once, as NLTK 3's `sentence_bleu` with
 * equal weights and smoothing `method1` gives it. Higher is better, and says nothing of variety: see {@link selfBleu}.
 *
 * @param candidates texts as tokens, without what fills their rows (`rowsOfTokens`)
 * @param references more of them give higher scores, so only figures against the same references can be compared
 * @throws if there is no candidate or no reference
 */
export function bleu(
  candidates: readonly (readonly number[])[],
  references: readonly (readonly number[])[],
  { orders = ORDERS }: BleuOptions = {},
): BleuScores {
  if (candidates.length === 0 || references.length === 0) {
    throw new Error(`bleu: expected at least one candidate and one reference, got ${candidates.length} and ${references.length}`);
  }
  const prepared = bleuReferences(references, Math.max(...orders));
  return means(
    candidates.map((candidate) => prepared.score(candidate)),
    orders,
  );
}

/**
 * How alike generated texts are (Zhu et al. 2018, arXiv 1802.01886): the mean BLEU of each against all the others. Lower is more varied; compare it
 * with that of as many real texts.
 *
 * @throws if there are fewer than two texts
 */
export function selfBleu(texts: readonly (readonly number[])[], { orders = ORDERS }: BleuOptions = {}): BleuScores {
  if (texts.length < 2) throw new Error(`selfBleu: expected at least two texts, got ${texts.length}`);
  const prepared = bleuReferences(texts, Math.max(...orders));
  return means(
    texts.map((text, index) => prepared.score(text, index)),
    orders,
  );
}

function means(scores: readonly number[][], orders: readonly number[]): BleuScores {
  const mean = (order: number) => scores.reduce((sum, score) => sum + score[order - 1]!, 0) / scores.length;
  return Object.fromEntries(orders.map((order) => [order, mean(order)]));
}
