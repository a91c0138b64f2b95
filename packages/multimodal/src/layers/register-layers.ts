import * as tf from '@tensorflow/tfjs';
import { CodeMemory } from './code-memory.js';
import { DifferencesAmongLike } from './differences-among-like.js';
import { Directions } from './directions.js';
import { MannerMemory } from './manner-memory.js';
import { UnitLength } from './unit-length.js';

/** Makes models that hold this package's own layers loadable by `tf.loadLayersModel`. Importing `@polygan/multimodal` does it. */
export function registerMultimodalLayers(): void {
  tf.serialization.registerClass(UnitLength);
  tf.serialization.registerClass(CodeMemory);
  tf.serialization.registerClass(MannerMemory);
  tf.serialization.registerClass(DifferencesAmongLike);
  tf.serialization.registerClass(Directions);
}
