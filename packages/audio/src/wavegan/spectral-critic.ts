import * as tf from '@tensorflow/tfjs';
import { LogSpectrogram } from '../layers/log-spectrogram.js';
import type { CriticLayers } from './critic-layers.js';

/** Filters are 4 high and 4 wide. */
const KERNEL = 4;
/** Maps are halved until their shorter side is no longer than this. */
const SMALLEST = 4;

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
  for (let place = 0; Math.min(map.shape[1]!, map.shape[2]!) > SMALLEST; place++) {
    const options = { filters: width * 2 ** place, kernelSize: KERNEL, strides: 2, padding: 'same' } as const;
    map = leaky(convolution(map, (initial) => tf.layers.conv2d({ ...options, ...initial }), place));
  }
  return tf.layers.flatten().apply(map) as tf.SymbolicTensor;
}
