import * as tf from '@tensorflow/tfjs';
import { AttentionSum } from './attention-sum.js';
import { LearnedShare } from './learned-share.js';

/** Makes models that hold this package's own layers loadable by `tf.loadLayersModel`. Importing `@polygan/image` does it. */
export function registerImageLayers(): void {
  tf.serialization.registerClass(AttentionSum);
  tf.serialization.registerClass(LearnedShare);
}
