import * as tf from '@tensorflow/tfjs';
import { LogMel } from './log-mel.js';
import { LogSpectrogram } from './log-spectrogram.js';
import { MinibatchDeviation } from './minibatch-deviation.js';
import { PhaseShuffle } from './phase-shuffle.js';

/** Makes models that hold this package's own layers loadable by `tf.loadLayersModel`. Importing `@polygan/audio` does it. */
export function registerAudioLayers(): void {
  tf.serialization.registerClass(PhaseShuffle);
  tf.serialization.registerClass(LogMel);
  tf.serialization.registerClass(LogSpectrogram);
  tf.serialization.registerClass(MinibatchDeviation);
}
