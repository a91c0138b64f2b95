import { integer, oneOf, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { PICTURE_CHANNELS, type PictureChannels } from '../pictures.js';

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

/** Maps are halved until their sides are at most this long. */
const LAST_MAP = 8;

/**
 * A small convolutional network that tells the classes of pictures apart: `[batch, size, size, channels]` in -1 … 1 to probabilities
 * `[batch, classes]`. 3×3 convolutions with batch normalisation and ReLU, halved by maximum pooling, then the mean over the last map.
 *
 * Trained by `trainClassifier`, its last layer but one gives the features that measures of quality compare. The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function pictureClassifier(options: PictureClassifierOptions): tf.LayersModel {
  const { size, channels, classes, width, seed } = resolveOptions('pictureClassifier', options, schema);
  const random = Random.fromSeed(seed);
  const network = tf.sequential({ name: 'classifier' });
  const addConvolution = (filters: number) => {
    const first = network.layers.length === 0;
    network.add(
      tf.layers.conv2d({
        filters,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: tf.initializers.heNormal({ seed: random.integer(2 ** 31) }),
        ...(first && { inputShape: [size, size, channels] }),
      }),
    );
    network.add(tf.layers.batchNormalization({ momentum: 0.95 }));
    network.add(tf.layers.reLU());
  };

  let halvings = 0;
  for (let side = size; side > LAST_MAP; side = Math.ceil(side / 2)) {
    const filters = width * Math.min(4, 2 ** halvings);
    addConvolution(filters);
    if (halvings > 0) addConvolution(filters);
    network.add(tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }));
    halvings++;
  }
  addConvolution(4 * width);
  network.add(tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast', name: 'features' }));
  const weights = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  network.add(tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: weights, name: 'probabilities' }));
  return network;
}
