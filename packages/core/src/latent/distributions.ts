import type { Random } from '../random/random.js';
import { type Interpolation, interpolateLinear, interpolateSpherical } from './interpolation.js';

/** What a latent point can be drawn from. */
export type LatentDistribution = 'normal' | 'uniform' | 'sphere' | 'truncatedNormal';

interface Distribution {
  /** Fills an array with points, one after another, and returns it. */
  fill(values: Float32Array, random: Random, parameters: { readonly dimensions: number; readonly bound: number }): Float32Array;
  readonly interpolation: Interpolation;
}

/** How each distribution is drawn from, and which way leads from one of its points to another. */
export const latentDistributions: Readonly<Record<LatentDistribution, Distribution>> = {
  // Points of a normal distribution lie near a sphere: half-way along a line they would be shorter than any the generator has seen.
  normal: { fill: (values, random) => random.fillNormal(values), interpolation: interpolateSpherical },
  truncatedNormal: { fill: fillTruncated, interpolation: interpolateSpherical },
  sphere: { fill: fillSphere, interpolation: interpolateSpherical },
  uniform: { fill: (values, random) => random.fillUniform(values, -1, 1), interpolation: interpolateLinear },
};

function fillTruncated(values: Float32Array, random: Random, { bound }: { readonly bound: number }): Float32Array {
  random.fillNormal(values);
  let outside = [...values.keys()];
  while (true) {
    outside = outside.filter((index) => Math.abs(values[index]!) > bound);
    if (outside.length === 0) return values;
    const again = random.fillNormal(new Float32Array(outside.length));
    outside.forEach((index, i) => {
      values[index] = again[i]!;
    });
  }
}

function fillSphere(values: Float32Array, random: Random, { dimensions }: { readonly dimensions: number }): Float32Array {
  random.fillNormal(values);
  for (let start = 0; start < values.length; start += dimensions) {
    const point = values.subarray(start, start + dimensions);
    const scale = Math.sqrt(dimensions) / Math.hypot(...point);
    for (let i = 0; i < dimensions; i++) point[i]! *= scale;
  }
  return values;
}
