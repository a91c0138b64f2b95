import { number, optional, positiveInteger, resolveOptions } from '@polygan/core';

/** Options of {@link melFilterbank}. */
export interface MelOptions {
  /** In Hz. */
  readonly sampleRate: number;
  /** How many bands; default 64. */
  readonly bands?: number;
  /** Where the lowest band begins, in Hz; default 0. */
  readonly minFrequency?: number;
  /** Where the highest band ends, in Hz; default half the sample rate. */
  readonly maxFrequency?: number;
}

const melSchema = {
  sampleRate: number({ above: 0 }),
  bands: positiveInteger({ default: 64 }),
  minFrequency: number({ min: 0, default: 0 }),
  maxFrequency: optional(number({ above: 0 })),
};

/** Slaney's scale: even up to 1000 Hz, 15 mel there, and even in the logarithm above, 27 mel for a factor of 6.4. */
const MEL_PER_HZ = 3 / 200;
const BEND_HZ = 1000;
const BEND_MEL = BEND_HZ * MEL_PER_HZ;
const MEL_PER_LOG = 27 / Math.log(6.4);

const melOf = (hz: number) => (hz < BEND_HZ ? hz * MEL_PER_HZ : BEND_MEL + MEL_PER_LOG * Math.log(hz / BEND_HZ));
const hzOf = (mel: number) => (mel < BEND_MEL ? mel / MEL_PER_HZ : BEND_HZ * Math.exp((mel - BEND_MEL) / MEL_PER_LOG));

/**
 * Triangular filters on Slaney's mel scale, each of unit area over Hz: the defaults of librosa's `filters.mel`.
 *
 * @param frameLength samples in a frame of the transform
 * @returns `[frameLength / 2 + 1, bands]`, row by row: power spectra times it are mel spectra
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if the bands have no room between the frequencies
 */
export function melFilterbank(frameLength: number, options: MelOptions): Float32Array {
  const { sampleRate, bands, minFrequency, ...rest } = resolveOptions('melFilterbank', options, melSchema);
  const maxFrequency = rest.maxFrequency ?? sampleRate / 2;
  if (maxFrequency <= minFrequency || maxFrequency > sampleRate / 2) {
    throw new Error(
      `melFilterbank: maxFrequency must lie above minFrequency (${minFrequency} Hz) and not above half the sample rate (${sampleRate / 2} Hz), got ${maxFrequency} Hz`,
    );
  }
  const bins = frameLength / 2 + 1;
  const [low, high] = [melOf(minFrequency), melOf(maxFrequency)];
  const corners = Float64Array.from({ length: bands + 2 }, (_, i) => hzOf(low + ((high - low) * i) / (bands + 1)));
  const filters = new Float32Array(bins * bands);
  for (let band = 0; band < bands; band++) {
    const [start, peak, end] = corners.subarray(band, band + 3) as unknown as [number, number, number];
    for (let bin = 0; bin < bins; bin++) {
      const hz = (bin * sampleRate) / frameLength;
      const height = Math.min((hz - start) / (peak - start), (end - hz) / (end - peak));
      filters[bin * bands + band] = (Math.max(0, height) * 2) / (end - start);
    }
  }
  return filters;
}
