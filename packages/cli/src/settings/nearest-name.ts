import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean 'size'?`, or the known names where none is near. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  if (isNear(name, nearest)) return `; did you mean '${nearest}'?`;
  return `; known are ${known.map((word) => `'${word}'`).join(', ')}`;
}

/** Whether one name may well be a slip of the other. */
export function isNear(name: string, known: string): boolean {
  return distance(name, known) <= Math.max(2, name.length / 3);
}
