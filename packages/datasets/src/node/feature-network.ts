import { loadModel } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { packageFile } from './package-file.js';

/** The feature networks that come with this package. */
const NAMES = ['digits', 'fashion-mnist', 'spoken-digits'] as const;

/** The name of a feature network: the data set that it was trained on. */
export type FeatureNetworkName = (typeof NAMES)[number];

/** The layer through which networks of sounds hear; `@polygan/audio` registers it. */
const LAYER_OF_SOUNDS = 'PolyganLogMel';

/**
 * A classifier that was trained on the training samples of a data set, to judge generated samples by: grey pictures `[batch, 28, 28, 1]`, or for
 * 'spoken-digits' sounds `[batch, 8192, 1]` at 8 kHz, both in -1 … 1, to probabilities `[batch, 10]`. What goes into its last layer are the features
 * (core's `featuresOf`).
 *
 * The one of sounds has a layer of `@polygan/audio`, which must have been imported. How each was trained and how good it is stands in README.md
 * beside their files. The caller disposes of it.
 *
 * @throws if there is no network of this name, or `@polygan/audio` is needed and was not imported
 */
export async function featureNetwork(name: FeatureNetworkName): Promise<tf.LayersModel> {
  if (!NAMES.includes(name)) throw new Error(`featureNetwork: there is none for '${name}', only for ${NAMES.join(', ')}`);
  if (name === 'spoken-digits' && !isRegistered(LAYER_OF_SOUNDS)) {
    throw new Error(`featureNetwork: '${name}' has a layer of @polygan/audio; import '@polygan/audio' before opening it`);
  }
  return loadModel(packageFile('models', `${name}-classifier`));
}

function isRegistered(layer: string): boolean {
  return layer in tf.serialization.SerializationMap.getMap().classNameMap;
}
