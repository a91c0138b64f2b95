import { closest, distance } from 'fastest-levenshtein';

/** The known name of which this one may well be a slip. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? nearest : undefined;
}

/** `; did you mean 'size'?`, or the known names where none is near. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest ? `; did you mean '${nearest}'?` : `; known are ${known.map((word) => `'${word}'`).join(', ')}`;
}
