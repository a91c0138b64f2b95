import * as tf from '@tensorflow/tfjs';
import { PhaseShuffle } from '../layers/phase-shuffle.js';
import type { CriticLayers } from './critic-layers.js';
import { waveLayers } from './wave-layers.js';

/** What judges the samples of a sound one by one. */
export interface WaveCriticShape {
  /** Samples of a sound. */
  readonly length: number;
  /** Channels of the layer next to the sound; each layer further in has twice as many. */
  readonly width: number;
  /** Length of the filters. */
  readonly kernelSize: number;
}

/** How many maps of the critic for sounds of this length are shuffled: all but the last (1802.04208, table 4). */
export function shuffledMaps(length: number): number {
  return waveLayers(length).layers.length - 1;
}

/**
 * The body of WaveGAN's critic (1802.04208, table 4): convolutions of stride 4 with leaky ReLU of slope 0.2, and phase shuffle between them.
 *
 * @param sound `[batch, length, channels]`
 * @param shifts how far each map is shuffled, `[batch, 1]` for each of {@link shuffledMaps}; empty for no phase shuffle
 * @returns the last map, flattened
 */
export function waveCriticBody(
  sound: tf.SymbolicTensor,
  shifts: readonly tf.SymbolicTensor[],
  { length, width, kernelSize }: WaveCriticShape,
  { convolution, leaky }: CriticLayers,
): tf.SymbolicTensor {
  let map = sound;
  waveLayers(length).layers.forEach(({ stride, channels }, place) => {
    const filters = { filters: width * channels, kernelSize, strides: stride, padding: 'same' } as const;
    map = leaky(convolution(map, (initial) => tf.layers.conv1d({ ...filters, ...initial }), place));
    const shift = shifts[place];
    if (shift) map = new PhaseShuffle().apply([map, shift]) as tf.SymbolicTensor;
  });
  return tf.layers.flatten().apply(map) as tf.SymbolicTensor;
}
