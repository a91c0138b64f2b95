/** All non-empty sets of these names, smaller ones first; in each, names keep their order. */
export function subsetsOf(names: readonly string[]): string[][] {
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, i) => names.filter((_name, bit) => ((i + 1) >> bit) & 1));
  return sets.sort((a, b) => a.length - b.length);
}

/** A set of forms in words: 'image+audio'. */
export const nameOfForms = (names: readonly string[]): string => names.join('+');

/** A way from some forms to another in words: 'image→text', 'image+audio→text'. */
export const nameOfDirection = (given: readonly string[], to: string): string => `${nameOfForms(given)}→${to}`;
