import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean 'size'?`, or the known names where none is near. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  if (distance(name, nearest) <= Math.max(2, name.length / 3)) return `; did you mean '${nearest}'?`;
  return `; known are ${known.map((word) => `'${word}'`).join(', ')}`;
}
