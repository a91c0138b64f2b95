import * as tf from '@tensorflow/tfjs';

/** How different samples `[count, ...sampleShape]` of one modality are among each other, in a unit of its own. Borrows them. */
export type Variety = (samples: tf.Tensor) => Promise<number>;

/**
 * The mean Euclidean distance of all pairs, divided by the root of how many numbers a sample has: for samples in -1 … 1 it is 0 for copies, 2 at most.
 *
 * @param features what of samples is compared, `[count, …]`; what makes it owns nothing of it. Default: the samples as they are
 */
export function pairwiseDistance(features: (samples: tf.Tensor) => tf.Tensor = (samples) => samples): Variety {
  return async (samples) => {
    const distances = tf.tidy(() => {
      const rows = features(samples).reshape([samples.shape[0]!, -1]) as tf.Tensor2D;
      const differences = tf.sub(tf.expandDims(rows, 1), tf.expandDims(rows, 0));
      return tf.sqrt(tf.mean(tf.square(differences), 2));
    });
    const values = await distances.data<'float32'>();
    distances.dispose();
    const rows = samples.shape[0]!;
    // Each pair is there twice, and each sample with itself at distance 0.
    return rows < 2 ? 0 : values.reduce((sum, value) => sum + value, 0) / (rows * (rows - 1));
  };
}

/**
 * The share of samples that are not like one before them, 1 for all different: for samples that are either the same or not, such as texts.
 *
 * @param decode a modality's own
 */
export function distinctShare(decode: (samples: tf.Tensor) => Promise<readonly unknown[]>): Variety {
  return async (samples) => {
    const decoded = await decode(samples);
    return new Set(decoded.map((each) => JSON.stringify(each))).size / decoded.length;
  };
}
