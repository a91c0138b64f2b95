import type { FeatureMatrix } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { logMelSpectrogram } from '../signal/log-mel-spectrogram.js';

const BANDS = 20;
/** Frames are about so long, in seconds, and begin half a frame apart. */
const FRAME_SECONDS = 0.032;
/** Frames of an outline, whatever the length of the sound. */
const FRAMES = 16;
/** A sound begins and ends where its power passes this share of its greatest, -30 dB. */
const AUDIBLE = 1e-3;

/**
 * What is heard in sounds, so that those lie near each other that sound alike: their log-mel spectrograms from where a sound begins to where it ends, stretched to
 * one length. A word said slowly or late is then near the same word said fast.
 *
 * @param sounds `[batch, samples, channels]` in -1…1; borrowed
 * @param sampleRate in Hz
 * @returns 320 numbers for each sound
 */
export async function soundOutlines(sounds: tf.Tensor, sampleRate: number): Promise<FeatureMatrix> {
  const frameLength = Math.max(64, 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate)));
  const framing = { sampleRate, bands: BANDS, frameLength, hopLength: frameLength / 2 };
  const spectrograms = tf.tidy(() => logMelSpectrogram(tf.mean(sounds, 2) as tf.Tensor2D, framing));
  const [count, frames] = spectrograms.shape;
  const values = (await spectrograms.data()) as Float32Array;
  spectrograms.dispose();
  const outlines = new Float64Array(count * FRAMES * BANDS);
  for (let sound = 0; sound < count; sound++) {
    const own = values.subarray(sound * frames * BANDS, (sound + 1) * frames * BANDS);
    outlines.set(stretched(own, audiblePart(own)), sound * FRAMES * BANDS);
  }
  return { values: outlines, rows: count, columns: FRAMES * BANDS };
}

/** The first audible frame, and the one after the last. */
function audiblePart(spectrogram: Float32Array): readonly [number, number] {
  const powers = Array.from({ length: spectrogram.length / BANDS }, (_, frame) =>
    spectrogram.subarray(frame * BANDS, (frame + 1) * BANDS).reduce((sum, logarithm) => sum + Math.exp(logarithm), 0),
  );
  const least = AUDIBLE * Math.max(...powers);
  return [powers.findIndex((power) => power >= least), powers.findLastIndex((power) => power >= least) + 1];
}

/** Frames evenly from part of a spectrogram, each between the two that lie around its place. */
function stretched(spectrogram: Float32Array, [start, end]: readonly [number, number]): Float64Array {
  const frames = new Float64Array(FRAMES * BANDS);
  for (let frame = 0; frame < FRAMES; frame++) {
    const place = Math.min(end - 1, Math.max(start, start + ((frame + 0.5) / FRAMES) * (end - start) - 0.5));
    const [before, after] = [Math.floor(place), Math.min(end - 1, Math.floor(place) + 1)];
    for (let band = 0; band < BANDS; band++) {
      const [left, right] = [spectrogram[before * BANDS + band]!, spectrogram[after * BANDS + band]!];
      frames[frame * BANDS + band] = left + (place - before) * (right - left);
    }
  }
  return frames;
}
