/** The colours of matplotlib's map "magma" at 17 even places: as bright as they are high, for every kind of eye. */
const MAGMA = [
  [0, 0, 4],
  [10, 8, 34],
  [29, 17, 71],
  [54, 16, 107],
  [81, 18, 124],
  [106, 28, 129],
  [131, 38, 129],
  [156, 46, 127],
  [183, 55, 121],
  [208, 65, 111],
  [231, 82, 99],
  [245, 107, 92],
  [252, 137, 97],
  [254, 167, 114],
  [254, 196, 136],
  [253, 226, 163],
  [252, 253, 191],
] as const;

/** Red, green or blue (0, 1, 2) of a height from 0 to 1, as 0…255. */
export function magma(height: number, channel: number): number {
  const place = Math.min(1, Math.max(0, height)) * (MAGMA.length - 1);
  const below = Math.min(MAGMA.length - 2, Math.floor(place));
  const low = MAGMA[below]![channel]!;
  return Math.round(low + (MAGMA[below + 1]![channel]! - low) * (place - below));
}
