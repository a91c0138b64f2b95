/** Zero crossings of the sinc on each side. With {@link ROLL_OFF} and {@link BETA}, all up to 0.91 of the lower rate's half passes. */
const ZEROS = 64;
/** Where the filter falls to half, as a share of half the lower rate. */
const ROLL_OFF = 0.955;
/** Shape of the Kaiser window: what must not pass is 90 dB down. */
const BETA = 9;
/** Tables of filters that are kept for the next call. */
const MOST_KEPT = 4;

/** A stretch of the resampled signal. */
export interface ResampledPart {
  /** The first sample wanted, counted at the new rate from the beginning of the whole signal. */
  readonly first: number;
  /** How many samples. */
  readonly count: number;
  /** Where in the whole signal the given samples begin, at the old rate; default 0. */
  readonly start?: number;
}

/** One filter for each place between two samples that the new rate can fall on. */
interface FilterTable {
  readonly up: number;
  readonly down: number;
  /** Samples on each side that a filter reaches. */
  readonly reach: number;
  /** `up × 2 reach` weights. */
  readonly weights: Float32Array;
}

const kept = new Map<string, FilterTable>();

/**
 * A signal at another sample rate, by a sinc under a Kaiser window: what both rates can hold passes unchanged and without delay, aliases are 90 dB
 * down. The signal counts as silent outside of the given samples.
 *
 * @param from the rate that it has, a whole number of Hz
 * @param to the rate that it gets, a whole number of Hz
 * @param part only a stretch of the result; default all of it, `ceil(samples × to / from)` samples
 * @returns an array of its own, also if the rates are the same
 */
export function resample(samples: Float32Array, from: number, to: number, part?: ResampledPart): Float32Array {
  for (const rate of [from, to]) {
    if (!Number.isSafeInteger(rate) || rate < 1)
      throw new Error(`resample: rates must be whole numbers of Hz from 1, got ${rate}`);
  }
  const { first, count, start = 0 } = part ?? { first: 0, count: Math.ceil((samples.length * to) / from) };
  const result = new Float32Array(count);
  if (from === to) {
    for (let i = 0; i < count; i++) result[i] = samples[first + i - start] ?? 0;
    return result;
  }
  const { up, down, reach, weights } = filterTable(from, to);
  for (let i = 0; i < count; i++) {
    const place = (first + i) * down;
    const before = Math.floor(place / up);
    const filter = (place - before * up) * 2 * reach;
    const left = before - reach + 1 - start;
    const end = Math.min(2 * reach, samples.length - left);
    let sum = 0;
    for (let k = Math.max(0, -left); k < end; k++) sum += samples[left + k]! * weights[filter + k]!;
    result[i] = sum;
  }
  return result;
}

/** The samples at the old rate, from `start` up to `end`, that a stretch of the result depends on. */
export function neededFor({ first, count }: ResampledPart, from: number, to: number): { start: number; end: number } {
  if (from === to) return { start: first, end: first + count };
  const reach = reachOf(from, to);
  const before = (place: number) => Math.floor((place * from) / to);
  return { start: Math.max(0, before(first) - reach + 1), end: before(first + count - 1) + reach + 1 };
}

function reachOf(from: number, to: number): number {
  return Math.ceil((ZEROS * Math.max(1, from / to)) / ROLL_OFF);
}

function filterTable(from: number, to: number): FilterTable {
  const key = `${from} ${to}`;
  const table = kept.get(key) ?? computed(from, to);
  kept.delete(key);
  kept.set(key, table);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(oldest!);
  return table;
}

function computed(from: number, to: number): FilterTable {
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor;
  const reach = reachOf(from, to);
  const cutoff = ROLL_OFF * Math.min(1, to / from);
  const weights = new Float32Array(up * 2 * reach);
  for (let phase = 0; phase < up; phase++) {
    for (let k = 0; k < 2 * reach; k++) {
      const distance = k - reach + 1 - phase / up;
      const inside = 1 - (distance / reach) ** 2;
      weights[phase * 2 * reach + k] =
        inside <= 0 ? 0 : (cutoff * sinc(cutoff * distance) * bessel(BETA * Math.sqrt(inside))) / bessel(BETA);
    }
  }
  return { up, down: from / divisor, reach, weights };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind, of order 0, by its power series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
