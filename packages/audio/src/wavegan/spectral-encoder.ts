import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { criticLayers } from './critic-layers.js';
import { SPECTRAL_RESOLUTIONS, spectralCriticBody } from './spectral-critic.js';

/** What an encoder of sounds is built from. */
export interface SpectralEncoderShape {
  /** Samples of a sound. */
  readonly length: number;
  readonly channels: number;
  /** Channels of the layer next to the spectrogram. */
  readonly width: number;
  readonly latentDimensions: number;
  /** How many classes it is told of; none by default. */
  readonly classes?: number | undefined;
}

/**
 * Reads sounds by their spectrograms, as the spectral critic does: `[batch, length, channels]`, and of models with classes one-hot `[batch, classes]`, to
 * points `[batch, latent]`. From samples one by one it would have to learn first that phases do not matter.
 */
export function spectralEncoder(shape: SpectralEncoderShape, random: Random): tf.LayersModel {
  const { length, channels, width, latentDimensions, classes } = shape;
  const sound = tf.input({ shape: [length, channels] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  const layers = criticLayers({ discriminatorNorm: 'none' }, random);
  const maps = SPECTRAL_RESOLUTIONS.map((frameLength) => spectralCriticBody(sound, { frameLength, width }, layers));
  const known = tf.layers.concatenate().apply(label ? [...maps, label] : maps);
  const kernelInitializer = tf.initializers.glorotNormal({ seed: random.integer(2 ** 31) });
  const point = tf.layers.dense({ units: latentDimensions, kernelInitializer }).apply(known) as tf.SymbolicTensor;
  return tf.model({ name: 'encoder', inputs: label ? [sound, label] : sound, outputs: point });
}
