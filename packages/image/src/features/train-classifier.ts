import {
  type Batch,
  boolean,
  classifierTraining,
  type Dataset,
  integer,
  number,
  positiveInteger,
  resolveOptions,
  type TrainReport,
  train,
} from '@polygan/core';
import type * as tf from '@tensorflow/tfjs';
import { jitterPictures } from './jitter-pictures.js';

/** Options of {@link trainClassifier}. */
export interface TrainClassifierOptions {
  /** Training steps. */
  readonly steps: number;
  /** Pictures in a batch. Default 64. */
  readonly batchSize?: number;
  /** Adam's learning rate at the beginning; it falls to 0 along a cosine. Default 2e-3. */
  readonly learningRate?: number;
  /** Pictures are moved by up to so many pixels, at random. Default 0. */
  readonly shift?: number;
  /** Whether pictures are mirrored at random: right for clothes, wrong for digits. Default false. */
  readonly flip?: boolean;
  /** Decides the order of the pictures and their random changes. Default 0. */
  readonly seed?: number;
  /** Steps from report to report. Default 20. */
  readonly reportEvery?: number;
  /** Aborting it throws its reason. */
  readonly signal?: AbortSignal;
}

const schema = {
  steps: positiveInteger(),
  batchSize: positiveInteger({ default: 64 }),
  learningRate: number({ above: 0, default: 2e-3 }),
  shift: integer({ min: 0, default: 0 }),
  flip: boolean({ default: false }),
  seed: integer({ default: 0 }),
  reportEvery: positiveInteger({ default: 20 }),
};

/**
 * Trains a classifier of pictures by cross-entropy; each report has the `loss` and the `accuracy` on the pictures just seen.
 *
 * ```ts
 * const classifier = pictureClassifier({ size: 28, channels: 1, classes: 10 });
 * for await (const report of trainClassifier(classifier, dataset, { steps: 2000 })) console.log(report.metrics.accuracy);
 * ```
 *
 * @param network ends in probabilities `[batch, classes]`, as that of `pictureClassifier`; its weights are changed
 * @param dataset pictures with labels
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if the pictures have no labels
 */
export async function* trainClassifier(
  network: tf.LayersModel,
  dataset: Dataset<Batch>,
  { signal, ...options }: TrainClassifierOptions,
): AsyncGenerator<TrainReport, void, undefined> {
  const { learningRate, shift, flip, ...loop } = resolveOptions('trainClassifier', options, schema);
  const rate = { from: learningRate, to: 0, over: loop.steps * loop.batchSize, shape: 'cosine' as const };
  const training = classifierTraining(network, {
    caller: 'trainClassifier',
    learningRate: rate,
    augment: (pictures, random) => jitterPictures(pictures as tf.Tensor4D, random, { shift, flip }),
  });
  yield* train(training, dataset, { ...loop, ...(signal && { signal }) });
}
