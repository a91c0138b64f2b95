import type { DrawingSpace } from '../engine/drawing-model.js';
import type { Point } from '../engine/latent-parts.js';
import { type Latest, useLatest } from '../parts/use-latest.js';
import type { Drawing } from './drawing.js';

/** The latent points of the samples. */
export function usePoints(space: DrawingSpace, { seed, count, truncation }: Drawing): Latest<readonly Point[]> {
  return useLatest<readonly Point[]>(
    async (give) => {
      give(await space.points(count, { seed, truncation }));
    },
    [space, seed, count, truncation],
  );
}

/** The directions along which samples change most. */
export function useDirections(space: DrawingSpace): Latest<readonly Point[]> {
  return useLatest<readonly Point[]>(
    async (give) => {
      // Lets the browser say that this takes a while.
      await new Promise((resolve) => setTimeout(resolve, 30));
      give(await space.directions());
    },
    [space],
  );
}
