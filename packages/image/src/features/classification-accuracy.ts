import {
  type Batch,
  classifierAccuracy,
  type Dataset,
  integer,
  type Modality,
  positiveInteger,
  resolveOptions,
  type TrainReport,
} from '@polygan/core';
import type { PictureChannels } from '../pictures.js';
import { pictureClassifier } from './picture-classifier.js';
import { trainClassifier } from './train-classifier.js';

/** Options of {@link classificationAccuracyScore}. */
export interface ClassificationAccuracyOptions {
  /** Training steps of the classifier. Default 400. */
  readonly steps?: number;
  /** Channels of its first layer. Default 16. */
  readonly width?: number;
  /** Decides its first weights and the order of the pictures. Default 0. */
  readonly seed?: number;
  /** Called while it is trained. */
  readonly onReport?: (report: TrainReport) => void;
}

const schema = {
  steps: positiveInteger({ default: 400 }),
  width: positiveInteger({ default: 16 }),
  seed: integer({ default: 0 }),
};

/** What both sets of {@link classificationAccuracyScore} are of. */
export interface ClassifiedPictures extends Pick<Modality<unknown>, 'sampleShape'> {
  /** How many classes there are. */
  readonly classes: number;
}

/**
 * How well a classifier that has only seen one set of pictures names those of another, 0 to 1. Trained on generated pictures and tested on real ones it is the
 * classification accuracy score (Ravuri & Vinyals 2019, arXiv 1905.10887), which falls when pictures are wrong, and when some kinds are missing; the other way
 * round it tells whether generated pictures are what was asked for. Put the score of real pictures trained on as many others beside it.
 *
 * Deviation from the paper: a small classifier in place of a ResNet-50, so figures compare only with each other.
 *
 * @param training labelled pictures `[batch, size, size, channels]`
 * @param test the same; no classifier sees them before
 * @throws {OptionsError} for an option that is unknown or not what it must be; and if pictures have no labels
 */
export async function classificationAccuracyScore(
  training: Dataset<Batch>,
  test: Dataset<Batch>,
  { sampleShape, classes }: ClassifiedPictures,
  { onReport, ...options }: ClassificationAccuracyOptions = {},
): Promise<number> {
  const { steps, width, seed } = resolveOptions('classificationAccuracyScore', options, schema);
  const [size, , channels] = sampleShape as [number, number, PictureChannels];
  const classifier = pictureClassifier({ size, channels, classes, width, seed });
  try {
    const loop = { steps, batchSize: Math.min(64, training.size), seed };
    for await (const report of trainClassifier(classifier, training, loop)) onReport?.(report);
    return await classifierAccuracy(classifier, test);
  } finally {
    classifier.dispose();
  }
}
