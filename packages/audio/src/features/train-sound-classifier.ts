import {
  type Batch,
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
import { jitterSounds } from './jitter-sounds.js';

/** Options of {@link trainSoundClassifier}. */
export interface TrainSoundClassifierOptions {
  /** Training steps. */
  readonly steps: number;
  /** Sounds in a batch. Default 64. */
  readonly batchSize?: number;
  /** Adam's learning rate at the beginning; it falls to 0 along a cosine. Default 4e-3. */
  readonly learningRate?: number;
  /** Sounds are moved in time by up to this share of their length, at random. Default 0.05. */
  readonly shift?: number;
  /** Sounds are made louder or softer by up to so many dB, at random. Default 6. */
  readonly gain?: number;
  /** Decides the order of the sounds and their random changes. Default 0. */
  readonly seed?: number;
  /** Steps from report to report. Default 20. */
  readonly reportEvery?: number;
  /** Aborting it throws its reason. */
  readonly signal?: AbortSignal;
}

const schema = {
  steps: positiveInteger(),
  batchSize: positiveInteger({ default: 64 }),
  learningRate: number({ above: 0, default: 4e-3 }),
  shift: number({ min: 0, max: 0.5, default: 0.05 }),
  gain: number({ min: 0, default: 6 }),
  seed: integer({ default: 0 }),
  reportEvery: positiveInteger({ default: 20 }),
};

/**
 * Trains a classifier of sounds by cross-entropy; each report has the `loss` and the `accuracy` on the sounds just heard.
 *
 * ```ts
 * const classifier = soundClassifier({ length: 8192, sampleRate: 8000, classes: 10 });
 * for await (const report of trainSoundClassifier(classifier, dataset, { steps: 400 })) console.log(report.metrics.accuracy);
 * ```
 *
 * @param network ends in probabilities `[batch, classes]`, as that of `soundClassifier`; its weights are changed
 * @param dataset sounds with labels
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if the sounds have no labels
 */
export async function* trainSoundClassifier(
  network: tf.LayersModel,
  dataset: Dataset<Batch>,
  { signal, ...options }: TrainSoundClassifierOptions,
): AsyncGenerator<TrainReport, void, undefined> {
  const { learningRate, shift, gain, ...loop } = resolveOptions('trainSoundClassifier', options, schema);
  const training = classifierTraining(network, {
    caller: 'trainSoundClassifier',
    learningRate: { from: learningRate, to: 0, over: loop.steps * loop.batchSize, shape: 'cosine' },
    augment: (sounds, random) => jitterSounds(sounds as tf.Tensor3D, random, { shift, gain }),
  });
  yield* train(training, dataset, { ...loop, ...(signal && { signal }) });
}
