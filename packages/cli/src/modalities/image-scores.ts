import {
  type Batch,
  type Dataset,
  type FeatureMatrix,
  inceptionScore,
  inMemoryDataset,
  partOfDataset,
  Random,
} from '@polygan/core';
import type { Score } from '@polygan/core/node';
import { classificationAccuracyScore } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import { collected } from '../evaluation/measured-samples.js';
import type { FeatureRequest, MeasuredSides } from './modality-commands.js';
import { shareOfTurns } from './share-of-turns.js';

/** Steps of training of a classifier for the classification accuracy: more where it would see each picture less often than this, fewer where more often. */
const STEPS = 400;
const LEAST_PASSES = 8;
const MOST_PASSES = 100;
const BATCH = 64;

/** How likely a classifier thinks each class of samples `[batch, size, size, channels]`. Borrows them. */
type Judge = (samples: tf.Tensor) => Promise<FeatureMatrix>;

/** The scores of pictures that need a classifier of their classes. */
export async function imageScores(sides: MeasuredSides, request: FeatureRequest, judge: Judge): Promise<Score[]> {
  const { others, fake, classes } = sides;
  const { size, channels } = request.data.shared as { size: number; channels: number };
  const counts = { real: others.samples.rows, fake: fake.samples.rows };
  const judged = async ({ values, rows }: FeatureMatrix) => {
    const pictures = tf.tensor(values as Float32Array, [rows, size, size, channels]);
    const probabilities = await judge(pictures);
    pictures.dispose();
    return probabilities;
  };
  const ofFake = await judged(fake.samples);
  const inception: Score = {
    metric: 'inceptionScore',
    title: 'Inception score',
    value: inceptionScore(ofFake).value,
    realValue: inceptionScore(await judged(others.samples)).value,
    better: 'higher',
    meaning: 'Whether each picture is clearly of a class, and all classes occur; by the classifier of the data.',
    ...counts,
  };
  // A classifier of the user's own classes, or the model's: what was asked for can be checked.
  if (!classes || classes !== ofFake.columns) return [inception];
  return [
    {
      metric: 'classAccuracy',
      title: 'Class accuracy',
      value: shareOfTurns(ofFake),
      better: 'higher',
      meaning: 'The share of generated pictures in which the classifier sees the class that was asked for.',
      ...counts,
    },
    await classificationAccuracy(sides, request, classes),
    inception,
  ];
}

/** What a classifier that has seen generated pictures alone makes of real ones, and one that has seen as many real ones. */
async function classificationAccuracy(
  { fake, generated }: MeasuredSides,
  { data: { dataset, shared, openTest }, seed, onProgress }: FeatureRequest,
  classes: number,
): Promise<Score> {
  const { size, channels } = shared as { size: number; channels: number };
  const sampleShape = [size, size, channels];
  const order = [...Random.fromSeed(seed).split('classification accuracy').permutation(dataset.size)];
  const kept = await openTest?.();
  // Where some are kept for tests, all others are there to be learnt from, as the generator had them.
  const { values, rows } = kept ? await collected(generated()) : fake.samples;
  const test = kept ?? partOfDataset(dataset, order.slice(-rows));
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const fakes = inMemoryDataset({ values: values as Float32Array, sampleShape, labels, fingerprint: 'generated' });
  const pass = Math.ceil(rows / BATCH);
  const steps = Math.min(Math.max(STEPS, LEAST_PASSES * pass), MOST_PASSES * pass);
  const scored = (training: Dataset<Batch>, kind: string) =>
    classificationAccuracyScore(
      training,
      test,
      { sampleShape, classes },
      {
        seed,
        steps,
        onReport: ({ progress }) => onProgress(progress, `training a classifier on ${kind} pictures`),
      },
    );
  return {
    metric: 'classificationAccuracy',
    title: 'Classification accuracy',
    value: await scored(fakes, 'generated'),
    realValue: await scored(partOfDataset(dataset, order.slice(0, rows)), 'real'),
    better: 'higher',
    meaning: 'How many real pictures a classifier names rightly that has seen generated ones only; falls when kinds are missing.',
    real: test.size,
    fake: rows,
  };
}
