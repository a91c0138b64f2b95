import type { Random, SampleReader } from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { jitterSounds } from './jitter-sounds.js';
import { type SoundFeaturesShape, soundFeatures } from './sound-features.js';

const WIDTH = 16;
/** As for classifiers. */
const JITTER = { shift: 0.05, gain: 6 };

/** How sounds are read by models that join them with other forms: as they are classified, early or late, loud or soft. */
export function soundReader(shape: Omit<SoundFeaturesShape, 'width'>, random: Random): SampleReader {
  const { length, channels, sampleRate } = shape;
  return {
    network: () => soundFeatures({ length, channels, sampleRate, width: WIDTH }, random),
    vary: (sounds, random) => jitterSounds(sounds as tf.Tensor3D, random, JITTER),
  };
}
