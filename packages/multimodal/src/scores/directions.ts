/** One way from some forms to another. */
export interface Direction {
  readonly given: readonly string[];
  readonly to: string;
  /** 'image→text', 'image+audio→text'. */
  readonly name: string;
}

/** All non-empty sets of these names, smaller ones first; in each, names keep their order. */
export function subsetsOf(names: readonly string[]): string[][] {
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, i) => names.filter((_name, bit) => ((i + 1) >> bit) & 1));
  return sets.sort((a, b) => a.length - b.length);
}

/** A set of forms in words: 'image+audio'. */
export const nameOfForms = (names: readonly string[]): string => names.join('+');

/** Every way from forms that are given to one that is not, of which one can tell whether it is right. */
export function directionsBetween(names: readonly string[], judged: readonly string[]): Direction[] {
  return subsetsOf(names).flatMap((given) =>
    judged.filter((to) => !given.includes(to)).map((to) => ({ given, to, name: `${nameOfForms(given)}→${to}` })),
  );
}
