/** Counts by name how often something was so. */
export interface ShareCounter {
  count(name: string, isSo: boolean): void;
  /** By name: the share of what was counted that was so, 0 to 1. */
  shares(): Record<string, number>;
  /** By name: how much was counted. */
  totals(): Record<string, number>;
}

/** A {@link ShareCounter} that has counted nothing yet. */
export function shareCounter(): ShareCounter {
  const counts = new Map<string, { so: number; all: number }>();
  const each = (value: (count: { so: number; all: number }) => number) =>
    Object.fromEntries([...counts].map(([name, count]) => [name, value(count)]));
  return {
    count(name, isSo) {
      const count = counts.get(name) ?? { so: 0, all: 0 };
      counts.set(name, { so: count.so + (isSo ? 1 : 0), all: count.all + 1 });
    },
    shares: () => each(({ so, all }) => so / all),
    totals: () => each(({ all }) => all),
  };
}
