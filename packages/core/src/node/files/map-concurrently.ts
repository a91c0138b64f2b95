/** Calls `work` for every item, at most `limit` at a time, and returns the results in the order of the items. Stops at the first failure. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, position: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    // All workers take from one iterator.
    for (const [position, item] of queue) {
      if (failed) return;
      results[position] = await work(item, position).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
