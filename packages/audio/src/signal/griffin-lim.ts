import { integer, number, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type InverseStftOptions, inverseStft } from './inverse-stft.js';
import { type Spectrum, stft } from './stft.js';

/** Options of {@link griffinLim}. */
export interface GriffinLimOptions extends InverseStftOptions {
  /** Rounds of projection; default 60. */
  readonly iterations?: number;
  /** 0 is Griffin's and Lim's own rule; default 0.99, which needs far fewer rounds. */
  readonly momentum?: number;
  /** Decides the phases that it begins with; default 0. */
  readonly seed?: number;
}

const schema = {
  iterations: positiveInteger({ default: 60 }),
  momentum: number({ min: 0, default: 0.99 }),
  seed: integer({ default: 0 }),
};

/** Keeps a division by a magnitude finite. */
const TINY = 1e-16;

/**
 * A signal whose spectrogram is close to given magnitudes: the fast Griffin-Lim algorithm (Perraudin, Balazs & Søndergaard 2013, algorithm 2), from
 * seeded random phases.
 *
 * @param magnitudes `[batch, frames, frameLength / 2 + 1]`, as `magnitudeSpectrogram` gives them; borrowed
 * @returns `[batch, length]`; the caller owns it
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function griffinLim(
  magnitudes: tf.Tensor3D,
  { iterations, momentum, seed, ...transform }: GriffinLimOptions,
): Promise<tf.Tensor2D> {
  const resolved = resolveOptions('griffinLim', { iterations, momentum, seed }, schema);
  // Steps along t = c + α (c - c'), up to a factor that the next projection takes away.
  const back = resolved.momentum / (1 + resolved.momentum);
  const { length, ...framing } = transform;
  let estimate = atRandomPhases(magnitudes, Random.fromSeed(resolved.seed));
  let before: Spectrum | undefined;
  for (let round = 0; round < resolved.iterations; round++) {
    const next = tf.tidy(() => {
      const consistent = stft(inverseStft(withMagnitudes(estimate, magnitudes), transform), framing);
      const moved = before
        ? { real: apart(consistent.real, before.real, back), imaginary: apart(consistent.imaginary, before.imaginary, back) }
        : consistent;
      return { consistent: cloned(consistent), moved: cloned(moved) };
    });
    dispose(estimate);
    if (before) dispose(before);
    estimate = next.moved;
    before = next.consistent;
    // An engine that records runs what is recorded: each round is then the same small graph.
    await Promise.resolve();
  }
  const signal = tf.tidy(() => inverseStft(withMagnitudes(estimate, magnitudes), transform));
  dispose(estimate);
  if (before) dispose(before);
  return signal;
}

function atRandomPhases(magnitudes: tf.Tensor3D, random: Random): Spectrum {
  const [real, imaginary] = tf.tidy(() => {
    const phases = random.uniformTensor<tf.Rank.R3>(magnitudes.shape, 0, 2 * Math.PI);
    return [tf.cos(phases), tf.sin(phases)];
  }) as [tf.Tensor3D, tf.Tensor3D];
  return { real, imaginary };
}

/** The phases of a spectrum with other magnitudes. */
function withMagnitudes({ real, imaginary }: Spectrum, magnitudes: tf.Tensor3D): Spectrum {
  const scale = tf.mul(magnitudes, tf.rsqrt(tf.add(tf.add(tf.square(real), tf.square(imaginary)), TINY)));
  return { real: tf.mul(real, scale), imaginary: tf.mul(imaginary, scale) };
}

const apart = (now: tf.Tensor3D, before: tf.Tensor3D, back: number) => tf.sub(now, tf.mul(before, back)) as tf.Tensor3D;

const cloned = ({ real, imaginary }: Spectrum) => ({ real: real.clone(), imaginary: imaginary.clone() });

function dispose({ real, imaginary }: Spectrum): void {
  tf.dispose([real, imaginary]);
}
