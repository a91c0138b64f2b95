/** For tests: all rows of a length over a small vocabulary. */
export function everyRow(vocabulary: number, length: number): number[][] {
  return Array.from({ length: vocabulary ** length }, (_, number) =>
    Array.from({ length }, (_, place) => Math.floor(number / vocabulary ** place) % vocabulary),
  );
}
