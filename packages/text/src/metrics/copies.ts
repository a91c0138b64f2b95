/** How original generated texts are. */
export interface Copies {
  /** Share of the texts that are in the data, token by token. */
  readonly fromData: number;
  /** Share of the texts that another generated text before it equals. */
  readonly repeated: number;
}

/**
 * The shares of generated texts that are copies: of a text of the data, or of an earlier generated one.
 *
 * @throws if there is no text
 */
export function copies(texts: readonly (readonly number[])[], data: Iterable<readonly number[]>): Copies {
  if (texts.length === 0) throw new Error('copies: expected at least one text, got none');
  const known = new Set<string>();
  for (const text of data) known.add(text.join());
  const keys = texts.map((text) => text.join());
  return {
    fromData: keys.filter((key) => known.has(key)).length / texts.length,
    repeated: 1 - new Set(keys).size / texts.length,
  };
}
