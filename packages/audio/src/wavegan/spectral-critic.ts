import * as tf from '@tensorflow/tfjs';
import { LogSpectrogram } from '../layers/log-spectrogram.js';
import type { CriticLayers } from './critic-layers.js';

/** Filters are 4 high and 4 wide, and channels grow up to so many times the first layer's. */
const KERNEL = 4;
const MOST_CHANNELS = 16;
/** Maps are halved along an axis until it is no longer than this. */
const SHORTEST = 4;

/** The lengths in samples of the frames that sound is judged by. Short ones tell when, long ones at what pitch. */
export const SPECTRAL_RESOLUTIONS: readonly number[] = [256, 512];

/**
 * The body of a critic that looks at a sound's spectrogram as at a picture: convolutions of stride 2 with leaky ReLU of slope 0.2 (the idea is that of
 * UnivNet's multi-resolution spectrogram discriminator, 2106.07889, section 2.3; these layers are DCGAN's).
 *
 * It hears what ears hear: phases matter to it only as far as they show in overlapping frames.
 *
 * @param sound `[batch, length, channels]`
 * @param frameLength samples in a frame; the hop is half of it
 * @param width channels of the layer next to the spectrogram
 * @returns the last map, flattened
 */
export function spectralCriticBody(
  sound: tf.SymbolicTensor,
  { frameLength, width }: { readonly frameLength: number; readonly width: number },
  { convolution, leaky }: CriticLayers,
): tf.SymbolicTensor {
  let map = new LogSpectrogram({ frameLength, hopLength: frameLength / 2 }).apply(sound) as tf.SymbolicTensor;
  for (let place = 0; map.shape[1]! > SHORTEST || map.shape[2]! > SHORTEST; place++) {
    const [frames, bins] = map.shape.slice(1, 3).map((size) => (size! > SHORTEST ? 2 : 1)) as [number, number];
    const filters = width * Math.min(2 ** place, MOST_CHANNELS);
    const options = { filters, kernelSize: KERNEL, strides: [frames, bins] as [number, number], padding: 'same' } as const;
    map = leaky(convolution(map, (initial) => tf.layers.conv2d({ ...options, ...initial }), place));
  }
  return tf.layers.flatten().apply(map) as tf.SymbolicTensor;
}
