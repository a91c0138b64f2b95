import { loadModel } from '@polygan/core/node';
import type * as tf from '@tensorflow/tfjs';
import { packageFile } from './package-file.js';

/** The feature networks that come with this package. */
const NAMES = ['digits', 'fashion-mnist'] as const;

/** The name of a feature network: the data set that it was trained on. */
export type FeatureNetworkName = (typeof NAMES)[number];

/**
 * A classifier that was trained on the training pictures of a data set, to judge generated pictures by: grey pictures `[batch, 28, 28, 1]` in
 * -1 … 1 to probabilities `[batch, 10]`. What goes into its last layer are the features (`featuresOf` of `@polygan/image`).
 *
 * How it was trained and how good it is stands in README.md beside its files. The caller disposes of it.
 *
 * @throws if there is no network of this name
 */
export async function featureNetwork(name: FeatureNetworkName): Promise<tf.LayersModel> {
  if (!NAMES.includes(name)) throw new Error(`featureNetwork: there is none for '${name}', only for ${NAMES.join(' and ')}`);
  return loadModel(packageFile('models', `${name}-classifier`));
}
