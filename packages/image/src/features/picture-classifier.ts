import { integer, oneOf, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { PICTURE_CHANNELS, type PictureChannels } from '../pictures.js';
import { pictureFeatures } from './picture-features.js';

/** Options of {@link pictureClassifier}. */
export interface PictureClassifierOptions {
  /** Height and width of the pictures in pixels, from 8. */
  readonly size: number;
  /** 1 for grey, 3 for colour, 4 for colour with opacity. */
  readonly channels: PictureChannels;
  /** How many classes, from 2. */
  readonly classes: number;
  /** Channels of the first layer; the last has four times as many, and so many features come out. Default 32. */
  readonly width?: number;
  /** Decides the first weights. Default 0. */
  readonly seed?: number;
}

const schema = {
  size: integer({ min: 8 }),
  channels: oneOf(PICTURE_CHANNELS),
  classes: integer({ min: 2 }),
  width: positiveInteger({ default: 32 }),
  seed: integer({ default: 0 }),
};

/**
 * A small convolutional network that tells the classes of pictures apart: `[batch, size, size, channels]` in -1 … 1 to probabilities
 * `[batch, classes]`, by {@link pictureFeatures}.
 *
 * Trained by `trainClassifier`, its last layer but one gives the features that measures of quality compare. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function pictureClassifier(options: PictureClassifierOptions): tf.LayersModel {
  const { classes, seed, ...shape } = resolveOptions('pictureClassifier', options, schema);
  const random = Random.fromSeed(seed);
  const network = pictureFeatures(shape, random);
  network.name = 'classifier';
  const weights = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  network.add(tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: weights, name: 'probabilities' }));
  return network;
}
