import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { PictureChannels } from '../pictures.js';

/** What {@link pictureFeatures} is built from. */
export interface PictureFeaturesShape {
  /** Height and width of the pictures in pixels, from 8. */
  readonly size: number;
  readonly channels: PictureChannels;
  /** Channels of the first layer; the last has four times as many, and so many features come out. */
  readonly width: number;
}

/** Maps are halved until their sides are at most this long. */
const LAST_MAP = 8;

/**
 * What tells pictures apart: `[batch, size, size, channels]` to `[batch, 4 × width]`. 3×3 convolutions with batch normalisation and ReLU, halved by maximum
 * pooling, then the mean over the last map.
 */
export function pictureFeatures({ size, channels, width }: PictureFeaturesShape, random: Random): tf.Sequential {
  const network = tf.sequential();
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
  return network;
}
