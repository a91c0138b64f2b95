import { boolean, custom, oneOf, optional, positiveInteger, resolveOptions } from '@polygan/core';
import { WINDOW_NAMES, type WindowName } from './window.js';

/** Options of everything that cuts sound into frames. */
export interface StftOptions {
  /** Samples in a frame, even; the spectrum has `frameLength / 2 + 1` bins. */
  readonly frameLength: number;
  /** Samples from the start of a frame to that of the next; default a quarter of `frameLength`. */
  readonly hopLength?: number;
  /** What a frame is multiplied by; default 'hann'. */
  readonly window?: WindowName;
  /**
   * Whether frame `t` lies around sample `t × hopLength`, with silence before and after the sound; otherwise it begins there, and only whole frames
   * are taken. Default true.
   */
  readonly centred?: boolean;
}

/** {@link StftOptions} with nothing left open. */
export type ResolvedStftOptions = Required<StftOptions>;

const stftSchema = {
  frameLength: custom<number>(
    'an even number from 2',
    (given) => Number.isSafeInteger(given) && (given as number) >= 2 && (given as number) % 2 === 0,
  ),
  hopLength: optional(positiveInteger()),
  window: oneOf(WINDOW_NAMES, { default: 'hann' }),
  centred: boolean({ default: true }),
};

export function resolveStft(caller: string, options: StftOptions): ResolvedStftOptions {
  const { hopLength, ...rest } = resolveOptions(caller, options, stftSchema);
  return { ...rest, hopLength: hopLength ?? Math.max(1, Math.floor(rest.frameLength / 4)) };
}
