/** Options of {@link embeddingSimilarity}. */
export interface EmbeddingSimilarityOptions {
  /** How many of the real texts' most frequent tokens are compared. Default 500. */
  readonly tokens?: number;
  /** How many places to the left and right count as context. Default 2. */
  readonly window?: number;
}

/**
 * Whether tokens keep the same company in generated texts as in real ones: the mean over tokens of the cosine between the rows of both similarity
 * matrices, 0 to 1. Texygen's embedding similarity (Zhu et al. 2018, arXiv 1802.01886, section 3.1.4) is its decimal logarithm, 0 at best.
 *
 * Deviation: a token's vector is the positive pointwise mutual information with its neighbours, which skip-gram vectors approximate (Levy and Goldberg
 * 2014), so that nothing is trained and the same texts give the same figure. Tokens that generated texts never use count as 0.
 */
export function embeddingSimilarity(
  generated: readonly (readonly number[])[],
  real: readonly (readonly number[])[],
  { tokens = 500, window = 2 }: EmbeddingSimilarityOptions = {},
): number {
  const places = new Map(frequentTokens(real, tokens).map((token, place) => [token, place]));
  const a = similarities(associations(real, places, window), places.size);
  const b = similarities(associations(generated, places, window), places.size);
  let sum = 0;
  for (let row = 0; row < places.size; row++) sum += cosine(a, row, b, row, places.size);
  return places.size === 0 ? 0 : sum / places.size;
}

function frequentTokens(texts: readonly (readonly number[])[], limit: number): number[] {
  const counts = new Map<number, number>();
  for (const text of texts) for (const token of text) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, limit)
    .map(([token]) => token);
}

/** Positive pointwise mutual information of tokens and their neighbours, a square matrix. */
function associations(texts: readonly (readonly number[])[], places: ReadonlyMap<number, number>, window: number): Float64Array {
  const size = places.size;
  const together = new Float64Array(size * size);
  for (const text of texts) {
    const row = text.map((token) => places.get(token) ?? -1);
    for (let i = 0; i < row.length; i++) {
      for (let j = i + 1; j <= Math.min(i + window, row.length - 1); j++) {
        if (row[i]! < 0 || row[j]! < 0) continue;
        together[row[i]! * size + row[j]!]! += 1;
        together[row[j]! * size + row[i]!]! += 1;
      }
    }
  }
  const totals = Float64Array.from({ length: size }, (_, i) => together.subarray(i * size, (i + 1) * size).reduce(add, 0));
  const all = totals.reduce(add, 0);
  return together.map((times, at) => {
    const expected = (totals[Math.floor(at / size)]! * totals[at % size]!) / all;
    return times === 0 ? 0 : Math.max(0, Math.log(times / expected));
  });
}

function similarities(vectors: Float64Array, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const similarity = cosine(vectors, i, vectors, j, size);
      matrix[i * size + j] = similarity;
      matrix[j * size + i] = similarity;
    }
  }
  return matrix;
}

function cosine(a: Float64Array, rowA: number, b: Float64Array, rowB: number, size: number): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[rowA * size + i]!, b[rowB * size + i]!];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return product === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}

function add(a: number, b: number): number {
  return a + b;
}
