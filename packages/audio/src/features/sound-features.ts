import type { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { LogMel } from '../layers/log-mel.js';

/** What {@link soundFeatures} is built from. */
export interface SoundFeaturesShape {
  /** Samples of a sound, from 1024. */
  readonly length: number;
  /** 1 mono, 2 stereo; it hears the mean of both. */
  readonly channels: number;
  /** In Hz. */
  readonly sampleRate: number;
  /** Channels of the first layer; the last has four times as many, and so many features come out. */
  readonly width: number;
}

const BANDS = 40;
/** Frames are about so long: short enough for consonants, long enough for pitch. */
const FRAME_SECONDS = 0.032;
/** Spectrograms have about so many frames, whatever the length of the sounds. */
const FRAMES = 64;
/** Maps are halved so often, and until they have at most this many frames. */
const HALVINGS = 3;

/**
 * What tells sounds apart: `[batch, samples, channels]` to `[batch, 4 × width]`. The log-mel spectrogram, 3×3 convolutions with batch normalisation and
 * ReLU, halved by maximum pooling, then the mean over the last map.
 */
export function soundFeatures({ length, channels, sampleRate, width }: SoundFeaturesShape, random: Random): tf.Sequential {
  const frameLength = Math.max(64, 2 ** Math.round(Math.log2(FRAME_SECONDS * sampleRate)));
  const hopLength = Math.max(16, Math.ceil(length / FRAMES));
  const bands = Math.min(BANDS, frameLength / 4);
  const network = tf.sequential();
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
  return network;
}
