import { integer, oneOf, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { soundFeatures } from './sound-features.js';

/** Options of {@link soundClassifier}. */
export interface SoundClassifierOptions {
  /** Samples of a sound, from 1024. */
  readonly length: number;
  /** 1 mono, 2 stereo; it hears the mean of both. Default 1. */
  readonly channels?: 1 | 2;
  /** In Hz. */
  readonly sampleRate: number;
  /** How many classes, from 2. */
  readonly classes: number;
  /** Channels of the first layer; the last has four times as many, and so many features come out. Default 16. */
  readonly width?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  length: integer({ min: 1024 }),
  channels: oneOf([1, 2], { default: 1 }),
  sampleRate: positiveInteger(),
  classes: integer({ min: 2 }),
  width: positiveInteger({ default: 16 }),
  seed: integer({ default: 0 }),
};

/**
 * A small convolutional network that tells the classes of sounds apart: `[batch, samples, channels]` in -1…1 to probabilities `[batch, classes]`, by
 * {@link soundFeatures}.
 *
 * Trained by `trainSoundClassifier`, its last layer but one gives the features that measures of quality compare, as the paper did for WaveGAN's
 * inception score (1802.04208, section 6.1). The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function soundClassifier(options: SoundClassifierOptions): tf.LayersModel {
  const { classes, seed, ...shape } = resolveOptions('soundClassifier', options, schema);
  const random = Random.fromSeed(seed);
  const network = soundFeatures(shape, random);
  network.name = 'classifier';
  const weights = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  network.add(tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: weights, name: 'probabilities' }));
  return network;
}
