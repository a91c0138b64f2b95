import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type CriticStyle, criticLayers } from './critic-layers.js';
import { SPECTRAL_RESOLUTIONS, spectralCriticBody } from './spectral-critic.js';
import { shuffledMaps, type WaveCriticShape, waveCriticBody } from './wave-critic.js';

/** What the discriminator of a WaveGAN is built from. */
export interface WaveDiscriminatorShape extends WaveCriticShape, CriticStyle {
  readonly channels: number;
  /** What it looks at: samples one by one, spectrograms, or both, each with a score of its own. */
  readonly critic: 'wave' | 'spectral' | 'both';
  /** The greatest shift of the phase shuffle; 0 for none. */
  readonly phaseShuffle: number;
  /** How many classes the networks are told of; none by default. */
  readonly classes?: number | undefined;
}

/** How many shifts a discriminator wants to be told. */
export function shuffleCount({ critic, phaseShuffle, length }: WaveDiscriminatorShape): number {
  return critic === 'spectral' || phaseShuffle === 0 ? 0 : shuffledMaps(length);
}

/**
 * The discriminator of a WaveGAN. Inputs: sounds `[batch, length, channels]`, shifts int32 `[batch, 1]` as many as {@link shuffleCount} says, and of
 * models with classes one-hot `[batch, classes]`. Outputs: scores `[batch, critics]`, and the last maps of all critics, flattened.
 */
export function waveDiscriminator(shape: WaveDiscriminatorShape, random: Random): tf.LayersModel {
  const { length, channels, critic, width, classes } = shape;
  const layers = criticLayers(shape, random);
  const sound = tf.input({ shape: [length, channels] });
  const shifts = Array.from({ length: shuffleCount(shape) }, () => tf.input({ shape: [1], dtype: 'int32' }));
  const labels = classes ? [tf.input({ shape: [classes] })] : [];

  const resolutions = critic === 'wave' ? [] : SPECTRAL_RESOLUTIONS;
  const bodies = [
    ...(critic === 'spectral' ? [] : [waveCriticBody(sound, shifts, shape, layers)]),
    ...resolutions.map((frameLength) => spectralCriticBody(sound, { frameLength, width: Math.ceil(width / 2) }, layers)),
  ];
  const scores = bodies.map((features) => layers.score(features, labels[0]));
  return tf.model({ name: 'discriminator', inputs: [sound, ...shifts, ...labels], outputs: [joined(scores), joined(bodies)] });
}

function joined(parts: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return parts.length === 1 ? parts[0]! : (tf.layers.concatenate().apply(parts) as tf.SymbolicTensor);
}
