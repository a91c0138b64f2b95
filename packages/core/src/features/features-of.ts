import * as tf from '@tensorflow/tfjs';
import type { FeatureMatrix } from '../metrics/feature-matrix.js';

/** What a classifier sees in samples. */
export interface SampleFeatures {
  /** What goes into the classifier's last layer: what Fréchet and kernel distance, precision and recall, density and coverage compare. */
  readonly features: FeatureMatrix;
  /** How likely each class is: what the inception score is computed from. */
  readonly probabilities: FeatureMatrix;
}

/** Samples that are judged at once. */
const PIECE = 250;

/**
 * The features and class probabilities of samples, by a classifier such as `pictureClassifier` of `@polygan/image` or
 * `soundClassifier` of `@polygan/audio` makes, or `featureNetwork` of `@polygan/datasets` gives.
 *
 * @param network any classifier of one output whose last layer gives the probabilities; borrowed
 * @param samples `[batch, ...shape]` as the classifier takes them; borrowed
 * @throws if the samples do not have the shape that the classifier takes
 */
export async function featuresOf(network: tf.LayersModel, samples: tf.Tensor): Promise<SampleFeatures> {
  const expected = network.inputs[0]!.shape.slice(1);
  if (String(samples.shape.slice(1)) !== String(expected)) {
    throw new Error(
      `featuresOf: the classifier takes samples [batch,${expected}], got [${samples.shape}]; resize or convert the samples to what it was trained on`,
    );
  }
  const last = network.layers.at(-1)!;
  // A view of the network: it shares the layers and is not disposed of.
  const both = tf.model({ inputs: network.inputs, outputs: [last.input as tf.SymbolicTensor, last.output as tf.SymbolicTensor] });
  const count = samples.shape[0]!;
  const [width, classes] = both.outputs.map(({ shape }) => shape[1]!) as [number, number];
  const features = new Float32Array(count * width);
  const probabilities = new Float32Array(count * classes);
  for (let from = 0; from < count; from += PIECE) {
    const results = tf.tidy(() => both.predict(samples.slice(from, Math.min(PIECE, count - from))) as tf.Tensor[]);
    const [featureValues, probabilityValues] = await Promise.all(results.map((result) => result.data()));
    features.set(featureValues as Float32Array, from * width);
    probabilities.set(probabilityValues as Float32Array, from * classes);
    tf.dispose(results);
  }
  return {
    features: { values: features, rows: count, columns: width },
    probabilities: { values: probabilities, rows: count, columns: classes },
  };
}
