import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from '../data/dataset.js';
import { Optimizer } from '../optimizers/optimizer.js';
import { optimizerSchema } from '../optimizers/optimizer-options.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { Random } from '../random/random.js';
import type { Schedule } from '../schedules/schedule.js';
import type { Trainable } from '../training/method.js';

/** What {@link classifierTraining} needs beside the network. */
export interface ClassifierTrainingOptions {
  /** The function whose errors these are. */
  readonly caller: string;
  /** Of Adam. */
  readonly learningRate: Schedule;
  /** Changes samples `[batch, ...shape]` at random, without changing their class. Borrows them; the result is disposed of with the step. */
  readonly augment: (samples: tf.Tensor, random: Random) => tf.Tensor;
}

/** Samples that are judged at once. */
const PIECE = 250;
/** Keeps the logarithm of a probability finite. */
const EPSILON = 1e-7;

/**
 * A classifier as something that `train` can train, by cross-entropy; each report has the `loss` and the `accuracy` on the samples just seen.
 *
 * @param network ends in probabilities `[batch, classes]`; its weights are changed
 */
export function classifierTraining(
  network: tf.LayersModel,
  { caller, learningRate, augment }: ClassifierTrainingOptions,
): Trainable<Batch, object> {
  return {
    networks: { network },
    trainingSchema: {},
    trainingMethod(_, random) {
      const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const defaults = optimizerSchema({ learningRate: 0, beta1: 0.9, beta2: 0.999 });
      const optimizer = new Optimizer(variables, resolveOptions(caller, { learningRate }, defaults));
      return {
        batchesPerStep: 1,
        phases: [
          {
            name: 'classifier',
            every: 1,
            run({ batches, samplesSeen, meter }) {
              const { samples, labels } = batches[0]!;
              const right = requireLabels(caller, labels);
              const changed = augment(samples, random);
              const { value, grads } = tf.variableGrads(() => {
                const probabilities = network.apply(changed, { training: true }) as tf.Tensor2D;
                meter.add('accuracy', tf.mean(hitsOf(probabilities, right)));
                return crossEntropy(probabilities, right);
              }, variables);
              meter.add('loss', value);
              optimizer.apply(grads, samplesSeen);
            },
          },
        ],
        state: () => optimizer.state(),
        restore: (state) => optimizer.restore(state),
        dispose: () => optimizer.dispose(),
      };
    },
  };
}

/**
 * The share of a dataset's samples that a classifier names rightly, 0 to 1.
 *
 * @throws if the samples have no labels
 */
export async function classifierAccuracy(network: tf.LayersModel, dataset: Dataset<Batch>): Promise<number> {
  let right = 0;
  for (let from = 0; from < dataset.size; from += PIECE) {
    const indices = Array.from({ length: Math.min(PIECE, dataset.size - from) }, (_, i) => from + i);
    const batch = await dataset.batch(indices);
    const { samples, labels } = batch;
    const hits = tf.tidy(() =>
      tf.sum(hitsOf(network.predict(samples) as tf.Tensor2D, requireLabels('classifierAccuracy', labels))),
    );
    right += (await hits.data())[0]!;
    tf.dispose({ ...batch, hits });
  }
  return right / dataset.size;
}

/** The mean of -ln p(right class). */
function crossEntropy(probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const right = tf.oneHot(labels, probabilities.shape[1]);
  return tf
    .mean(tf.sum(tf.mul(right, tf.log(tf.add(probabilities, EPSILON))), 1))
    .neg()
    .asScalar();
}

/** 1 for each sample whose likeliest class is the right one, else 0. */
function hitsOf(probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return tf.cast(tf.equal(tf.argMax(probabilities, 1), labels), 'float32').as1D();
}

function requireLabels(caller: string, labels: tf.Tensor1D | undefined): tf.Tensor1D {
  if (labels) return labels;
  throw new Error(
    `${caller}: the samples have no classes; put those of each class into a sub-folder, or give labels with each batch`,
  );
}
