import type { DrawingModel, DrawOptions } from '../engine/drawing-model.js';
import { numberIn, type Place } from '../place.js';

/** What the place says of how samples are drawn. */
export interface Drawing extends DrawOptions {
  readonly count: number;
  /** The sample that one looks at. */
  readonly at: number;
}

/** The most samples that are drawn at once. */
export const MOST = 64;
const USUAL = 12;

export function drawingAt(place: Place, { classNames, space }: DrawingModel): Drawing {
  const count = Math.round(numberIn(place.n, USUAL, 1, MOST));
  const label = place.class === undefined ? -1 : (classNames?.indexOf(place.class) ?? -1);
  return {
    seed: Math.round(numberIn(place.seed, 0, 0, 2 ** 31 - 1)),
    count,
    truncation: space?.truncates === false ? 1 : numberIn(place.truncation, 1, 0, 1),
    temperature: numberIn(place.temperature, 1, 0, 2),
    at: Math.round(numberIn(place.at, 0, 0, count - 1)),
    ...(label >= 0 && { label }),
  };
}

/** What the network is told of a sample beside its point. */
export function labelOf({ space }: DrawingModel, drawing: Drawing, index: number): number | undefined {
  return space?.labels(drawing.count, drawing)?.[index];
}

/** The class of a sample, of models with classes. */
export function classOf({ classNames }: DrawingModel, { label }: Drawing, index: number): string | undefined {
  return classNames?.[label ?? index % classNames.length];
}
