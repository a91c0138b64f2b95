/** Names of the windows that {@link windowOf} makes. */
export type WindowName = 'hann' | 'hamming' | 'blackman' | 'rectangular';

export const WINDOW_NAMES = ['hann', 'hamming', 'blackman', 'rectangular'] as const satisfies readonly WindowName[];

/** Coefficients of cos(2πki/length), with alternating signs left out. */
const COSINES: Readonly<Record<WindowName, readonly number[]>> = {
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  rectangular: [1],
};

/** A window of `length` samples for spectral analysis: periodic, as SciPy's `get_window` gives it, so that overlapping windows add up evenly. */
export function windowOf(name: WindowName, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    COSINES[name].reduce((sum, factor, k) => sum + (-1) ** k * factor * Math.cos((2 * Math.PI * k * i) / length), 0),
  );
}
