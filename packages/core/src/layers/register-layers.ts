import * as tf from '@tensorflow/tfjs';
import { ConditionalBatchNormalization } from './conditional-batch-normalization.js';
import { SpectralNormalization } from './spectral-normalization.js';

/** Makes models that hold polygan's own layers loadable by `tf.loadLayersModel`. Importing `@polygan/core` does it. */
export function registerLayers(): void {
  tf.serialization.registerClass(SpectralNormalization);
  tf.serialization.registerClass(ConditionalBatchNormalization);
}
