/** Samples are kept as whole numbers of steps: this many make 1. */
const STEPS = 88;
/** How many samples the next one is predicted from, and how fast the predictor learns. */
const ORDER = 16;
const RATE = 0.02;

/**
 * The bytes of a clip: each sample is predicted from those before it, and the rest is kept, which Brotli packs well.
 *
 * As in lossless coders of sound, the predictor is a normalised least-mean-squares filter (Widrow and Hoff), which learns from nothing but what the
 * decoder has too. Rests do not add up, for each is taken against what the decoder will have made: a clip is at most half a step off anywhere.
 *
 * @param clip values within ±1
 */
export function encodePredictively(clip: ArrayLike<number>): Int8Array {
  const rests = new Int8Array(clip.length);
  followPredictions(clip.length, (predicted, i) => {
    rests[i] = Math.max(-128, Math.min(127, Math.round(clip[i]! * STEPS) - predicted));
    return rests[i]!;
  });
  return rests;
}

/** The clip of {@link encodePredictively}'s bytes. */
export function decodePredictively(rests: Int8Array): Float32Array {
  return Float32Array.from(
    followPredictions(rests.length, (_, i) => rests[i]!),
    (steps) => steps / STEPS,
  );
}

/** Makes samples, in steps, out of what is predicted for each and the rest that is given for it. */
function followPredictions(length: number, restOf: (predicted: number, index: number) => number): Float64Array {
  const weights = new Float64Array(ORDER);
  const samples = new Float64Array(ORDER + length);
  let energy = 0;
  for (let end = ORDER; end < samples.length; end++) {
    const start = end - ORDER;
    let expected = 0;
    for (let i = 0; i < ORDER; i++) expected += weights[i]! * samples[start + i]!;
    const predicted = Math.round(expected);
    const sample = predicted + restOf(predicted, start);
    const rate = (RATE * (sample - expected)) / (1 + energy / ORDER);
    for (let i = 0; i < ORDER; i++) weights[i]! += rate * samples[start + i]!;
    energy += sample ** 2 - samples[start]! ** 2;
    samples[end] = sample;
  }
  return samples.subarray(ORDER);
}
