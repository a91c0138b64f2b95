import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { criticLayers } from '../wavegan/critic-layers.js';
import { type WaveCriticShape, waveCriticBody } from '../wavegan/wave-critic.js';

/** What the encoder of sounds is built from. */
export interface WaveEncoderShape extends WaveCriticShape {
  readonly channels: number;
  readonly latentDimensions: number;
  /** How many classes the networks are told of; none by default. */
  readonly classes?: number | undefined;
}

/**
 * The layers of WaveGAN's critic, without phase shuffle, as an encoder: sounds `[batch, length, channels]`, and of models with classes one-hot
 * `[batch, classes]`, to `[mean, logVariance]`, each `[batch, latent]`.
 */
export function waveEncoder(shape: WaveEncoderShape, random: Random): tf.LayersModel {
  const { length, channels, latentDimensions, classes } = shape;
  const sound = tf.input({ shape: [length, channels] });
  const label = classes ? tf.input({ shape: [classes] }) : undefined;
  const features = waveCriticBody(sound, [], shape, criticLayers({ discriminatorNorm: 'none' }, random));
  const known = label ? (tf.layers.concatenate().apply([features, label]) as tf.SymbolicTensor) : features;
  // Variances are about 1 at first, as those of the latent space are: the last layer begins near 0.
  const read = () => {
    const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.01, seed: random.integer(2 ** 31) });
    return tf.layers.dense({ units: latentDimensions, kernelInitializer }).apply(known) as tf.SymbolicTensor;
  };
  return tf.model({ name: 'encoder', inputs: label ? [sound, label] : sound, outputs: [read(), read()] });
}
