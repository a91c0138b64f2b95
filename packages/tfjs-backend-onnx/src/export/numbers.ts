import type { GraphDataType } from '../graph/types.js';

/** Numbers of a graph for one size of the batch. */
export interface Numbers {
  readonly batch: number;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** How numbers depend on the size of the batch. */
export type Dependence =
  /** Not at all. */
  | { readonly kind: 'fixed' }
  /** Each is `slope × batch + offset`; their count stays the same. */
  | { readonly kind: 'linear'; readonly slopes: readonly number[]; readonly offsets: readonly number[] }
  /** One number, as often as there are samples. */
  | { readonly kind: 'repeated'; readonly value: number; readonly shape: ScaledShape }
  /** `step × i + start` for sample i. */
  | { readonly kind: 'counted'; readonly start: number; readonly step: number; readonly shape: ScaledShape };

/** Extents, each `slope × batch + offset`. */
export interface ScaledShape {
  readonly slopes: readonly number[];
  readonly offsets: readonly number[];
}

/**
 * How numbers depend on the size of the batch, found by comparing those of three sizes; the third one proves what the first two suggest.
 *
 * @returns nothing if it is in no way that is known
 */
export function dependenceOf(traces: readonly [Numbers, Numbers, Numbers]): Dependence | null {
  const [first, ...others] = traces;
  if (others.every((each) => sameNumbers(each.values, first.values) && sameNumbers(each.shape, first.shape)))
    return { kind: 'fixed' };
  const shape = linear(traces.map(({ batch, shape: values }) => ({ batch, values })));
  if (!shape) return null;
  if (shape.slopes.every((slope) => slope === 0)) {
    const found = linear(traces);
    return found && { kind: 'linear', ...found };
  }
  const value = first.values[0]!;
  if (traces.every(({ values }) => everyNumber(values, () => value))) return { kind: 'repeated', value, shape };
  const step = first.values[1]! - value;
  const counts = traces.every(({ batch, values }) => values.length === batch && everyNumber(values, (i) => value + step * i));
  return counts ? { kind: 'counted', start: value, step, shape } : null;
}

/** Shapes of three traces as one, with what depends on the size of the batch told by null; nothing if they do not fit together. */
export function shapeOf(traces: ReadonlyArray<Pick<Numbers, 'batch' | 'shape'>>): Array<number | null> | null {
  const found = linear(traces.map(({ batch, shape }) => ({ batch, values: shape })));
  return found?.slopes.map((slope, axis) => (slope === 0 ? found.offsets[axis]! : null)) ?? null;
}

function linear(traces: ReadonlyArray<Pick<Numbers, 'batch' | 'values'>>): ScaledShape | null {
  const [a, b] = traces as [Numbers, Numbers];
  const count = a.values.length;
  if (traces.some(({ values }) => values.length !== count)) return null;
  const slopes = Array.from({ length: count }, (_, i) => (b.values[i]! - a.values[i]!) / (b.batch - a.batch));
  const offsets = slopes.map((slope, i) => a.values[i]! - slope * a.batch);
  const fits = traces.every(({ batch, values }) => everyNumber(values, (i) => slopes[i]! * batch + offsets[i]!));
  return fits && slopes.every(Number.isInteger) ? { slopes, offsets } : null;
}

function everyNumber(values: ArrayLike<number>, expected: (position: number) => number): boolean {
  for (let i = 0; i < values.length; i++) {
    const [value, wanted] = [values[i]!, expected(i)];
    if (value !== wanted && !(Number.isNaN(value) && Number.isNaN(wanted))) return false;
  }
  return true;
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a === b || (a.length === b.length && everyNumber(a, (i) => b[i]!));
}

/** The numbers in the bytes of a constant. */
export function numbersIn(bytes: Uint8Array, dtype: GraphDataType): ArrayLike<number> {
  const { buffer } = bytes.slice();
  if (dtype === 'int64') return Array.from(new BigInt64Array(buffer), Number);
  if (dtype === 'float64') return new Float64Array(buffer);
  if (dtype === 'float32') return new Float32Array(buffer);
  return dtype === 'int32' ? new Int32Array(buffer) : new Uint8Array(buffer);
}
