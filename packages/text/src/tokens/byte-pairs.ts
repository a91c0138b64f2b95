import { count } from './vocabulary.js';

/** A pair of symbols to be joined into a new one. */
export type Merge = readonly [number, number];

/** Above any number of symbols, so that a pair fits into one number. */
const BASE = 2 ** 26;

const keyOf = (left: number, right: number): number => left * BASE + right;

/**
 * Learns byte-pair encoding (Sennrich, Haddow and Birch 2016, arXiv 1508.07909, algorithm 1): joins the most frequent pair of neighbouring symbols,
 * again and again. Of equally frequent pairs the one of earlier symbols comes first; a pair that was seen once is not joined.
 *
 * @param pieces symbols of each distinct piece of text, and how often it occurs; pairs never cross pieces
 * @param firstSymbol the number of the first new symbol
 */
export function learnMerges(
  pieces: readonly { readonly symbols: readonly number[]; readonly count: number }[],
  firstSymbol: number,
  limit: number,
): Merge[] {
  const sequences = pieces.map(({ symbols }) => [...symbols]);
  const pairCounts = new Map<number, number>();
  /** In which pieces a pair may be found; pieces that have lost it stay listed. */
  const places = new Map<number, Set<number>>();
  const countPairs = (piece: number, sign: 1 | -1): void => {
    const sequence = sequences[piece]!;
    for (let i = 1; i < sequence.length; i++) {
      const key = keyOf(sequence[i - 1]!, sequence[i]!);
      count(pairCounts, key, sign * pieces[piece]!.count);
      if (sign === -1) continue;
      const known = places.get(key);
      if (known) known.add(piece);
      else places.set(key, new Set([piece]));
    }
  };
  sequences.forEach((_, piece) => {
    countPairs(piece, 1);
  });

  const merges: Merge[] = [];
  while (merges.length < limit) {
    const best = mostFrequentPair(pairCounts);
    if (best === undefined) break;
    const merge: Merge = [Math.floor(best / BASE), best % BASE];
    const symbol = firstSymbol + merges.length;
    for (const piece of places.get(best)!) {
      countPairs(piece, -1);
      sequences[piece] = joined(sequences[piece]!, merge, symbol);
      countPairs(piece, 1);
    }
    pairCounts.delete(best);
    places.delete(best);
    merges.push(merge);
  }
  return merges;
}

/** Encodes pieces by learned merges: always the earliest learned pair that the piece holds. */
export function applyMerges(symbols: readonly number[], ranks: ReadonlyMap<number, number>, firstSymbol: number): number[] {
  let sequence = [...symbols];
  for (;;) {
    let best = Infinity;
    let merge: Merge = [-1, -1];
    for (let i = 1; i < sequence.length; i++) {
      const rank = ranks.get(keyOf(sequence[i - 1]!, sequence[i]!));
      if (rank !== undefined && rank < best) {
        best = rank;
        merge = [sequence[i - 1]!, sequence[i]!];
      }
    }
    if (best === Infinity) return sequence;
    sequence = joined(sequence, merge, firstSymbol + best);
  }
}

/** The order of merges by pair, for {@link applyMerges}. */
export function mergeRanks(merges: readonly Merge[]): Map<number, number> {
  return new Map(merges.map(([left, right], rank) => [keyOf(left, right), rank]));
}

function joined(sequence: readonly number[], [left, right]: Merge, symbol: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < sequence.length; i++) {
    if (sequence[i] === left && sequence[i + 1] === right) {
      result.push(symbol);
      i += 1;
    } else result.push(sequence[i]!);
  }
  return result;
}

function mostFrequentPair(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let bestCount = 1;
  for (const [key, times] of counts) {
    if (times > bestCount || (times === bestCount && best !== undefined && key < best)) {
      best = key;
      bestCount = times;
    }
  }
  return best;
}
