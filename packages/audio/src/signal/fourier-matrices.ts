import { type WindowName, windowOf } from './window.js';

/** A discrete Fourier transform of windowed frames as matrices. */
export interface FourierMatrices {
  /** `[frameLength, 2 bins]`: a frame times it gives the real parts and then the imaginary parts of its spectrum. */
  readonly forward: Float32Array;
  /** `[2 bins, frameLength]`: back, times the window once more. */
  readonly inverse: Float32Array;
  /** The window, `frameLength` values. */
  readonly window: Float32Array;
  /** `frameLength / 2 + 1`, from 0 Hz to half the sample rate. */
  readonly bins: number;
}

/** Few are in use at a time; one of 2048 samples takes 34 MB. */
const MOST_KEPT = 6;
const kept = new Map<string, FourierMatrices>();

/** The matrices of frames of an even length. They are kept for the next call, so nobody may write into them. */
export function fourierMatrices(frameLength: number, windowName: WindowName): FourierMatrices {
  const key = `${frameLength} ${windowName}`;
  const matrices = kept.get(key) ?? computed(frameLength, windowName);
  kept.delete(key);
  kept.set(key, matrices);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(oldest!);
  return matrices;
}

function computed(length: number, windowName: WindowName): FourierMatrices {
  const bins = length / 2 + 1;
  const window = windowOf(windowName, length);
  const forward = new Float32Array(length * 2 * bins);
  const inverse = new Float32Array(2 * bins * length);
  const cosines = Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sines = Float64Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * i) / length));
  for (let n = 0; n < length; n++) {
    for (let k = 0; k < bins; k++) {
      const angle = (n * k) % length;
      // A real signal's spectrum is symmetric: all bins but the first and the last stand for two.
      const share = (k === 0 || k === bins - 1 ? 1 : 2) / length;
      forward[n * 2 * bins + k] = window[n]! * cosines[angle]!;
      forward[n * 2 * bins + bins + k] = -window[n]! * sines[angle]!;
      inverse[k * length + n] = window[n]! * share * cosines[angle]!;
      inverse[(bins + k) * length + n] = -window[n]! * share * sines[angle]!;
    }
  }
  return { forward, inverse, window, bins };
}
