import { integer, oneOf, positiveInteger, Random, resolveOptions } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { LogMel } from '../layers/log-mel.js';

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

const BANDS = 40;
/** Frames are about so long: short enough for consonants, long enough for pitch. */
const FRAME_SECONDS = 0.032;
/** Spectrograms have about so many frames, whatever the length of the sounds. */
const FRAMES = 64;
/** Maps are halved so often, and until they have at most this many frames. */
const HALVINGS = 3;

/**
 * A small convolutional network that tells the classes of sounds apart: `[batch, samples, channels]` in -1…1 to probabilities `[batch, classes]`.
 * The log-mel spectrogram, 3×3 convolutions with batch normalisation and ReLU, halved by maximum pooling, then the mean over the last map.
 *
 * Trained by `trainSoundClassifier`, its last layer but one gives the features that measures of quality compare, as the paper did for WaveGAN's
 * inception score (1802.04208, section 6.1). The caller disposes of it.
 *
 * @throws {OptionsError} for an option that is unknown, missing, or not what it must be
 */
export function soundClassifier(options: SoundClassifierOptions): tf.LayersModel {
  const { length, channels, sampleRate, classes, width, seed } = resolveOptions('soundClassifier', options, schema);
  const random = Random.fromSeed(seed);
  const frameLength = Math.max(64, 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate)));
  const hopLength = Math.max(16, Math.ceil(length / FRAMES));
  const bands = Math.min(BANDS, frameLength / 4);
  const network = tf.sequential({ name: 'classifier' });
  network.add(tf.layers.inputLayer({ inputShape: [length, channels] }));
  network.add(
    new LogMel({ sampleRate, frameLength: Math.max(frameLength, 2 ** Math.ceil(Math.log2(hopLength))), hopLength, bands }),
  );
  const addConvolution = (filters: number) => {
    const kernelInitializer = tf.initializers.heNormal({ seed: random.integer(2 ** 31) });
    network.add(tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', useBias: false, kernelInitializer }));
    network.add(tf.layers.batchNormalization({ momentum: 0.95 }));
    network.add(tf.layers.reLU());
  };
  for (let halving = 0; halving < HALVINGS; halving++) {
    addConvolution(width * 2 ** Math.min(2, halving));
    network.add(tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }));
  }
  addConvolution(4 * width);
  network.add(tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast', name: 'features' }));
  const weights = tf.initializers.glorotUniform({ seed: random.integer(2 ** 31) });
  network.add(tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: weights, name: 'probabilities' }));
  return network;
}
