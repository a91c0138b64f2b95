import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from '../data/dataset.js';
import { clusterLabels, type SampleClusters } from './sample-clusters.js';

/**
 * Data whose labels are the clusters that its samples are in, for the training of a model that is told them.
 *
 * @throws if the clusters are those of other data
 */
export function clusteredDataset(data: Dataset<Batch>, clusters: SampleClusters): Dataset<Batch> {
  const ofSample = clusterLabels(clusters);
  if (ofSample.length !== data.size) {
    throw new Error(
      `clusteredDataset: these are clusters of ${ofSample.length} samples, and the data has ${data.size}; find them again`,
    );
  }
  return {
    ...data,
    async batch(indices, epochs) {
      const { samples, labels } = await data.batch(indices, epochs);
      labels?.dispose();
      return {
        samples,
        labels: tf.tensor1d(
          indices.map((index) => ofSample[index]!),
          'int32',
        ),
      };
    },
  };
}
