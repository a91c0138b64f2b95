import { soundClassifier, trainSoundClassifier } from '@polygan/audio';
import { type Batch, classifierTraining, type Dataset, type TrainReport, train } from '@polygan/core';
import { pictureClassifier, trainClassifier } from '@polygan/image';
import type { FormName } from '@polygan/models';
import type { Classify } from '@polygan/multimodal';
import * as tf from '@tensorflow/tfjs';
import type { Section } from '../settings/settings.js';

/** What {@link trainedClassifier} needs. */
export interface ClassifierRequest {
  readonly form: FormName;
  /** Samples with their classes. */
  readonly dataset: Dataset<Batch>;
  readonly classes: number;
  /** What the form has from its data: size, length, … */
  readonly shared: Section;
  readonly seed: number;
  readonly onProgress: (report: TrainReport) => void;
}

/** Steps of training: a minute or two on small samples. Few samples need fewer. */
const STEPS: Readonly<Record<FormName, number>> = { image: 400, audio: 300, text: 300 };
const FEWEST_STEPS = 60;
const MOST_PASSES = 30;
/** A classifier that is right so often on what it has just seen needs no more. */
const GOOD_ENOUGH = 0.998;

/** A classifier of one form, trained now on real samples. The caller disposes of it. */
export async function trainedClassifier({
  form,
  dataset,
  classes,
  shared,
  seed,
  onProgress,
}: ClassifierRequest): Promise<tf.LayersModel> {
  const batchSize = Math.min(64, dataset.size);
  const passes = Math.ceil((MOST_PASSES * dataset.size) / batchSize);
  const options = { steps: Math.min(STEPS[form], Math.max(FEWEST_STEPS, passes)), batchSize, seed };
  const shape = { ...shared, classes, seed };
  const networks = {
    image: () => pictureClassifier({ ...(shape as typeof shape & { size: number; channels: 1 | 3 }), width: 16 }),
    audio: () => soundClassifier(shape as typeof shape & { length: number; channels: 1 | 2; sampleRate: number }),
    text: () => wordClassifier(dataset, classes),
  };
  const network = await networks[form]();
  const reports = {
    image: () => trainClassifier(network, dataset, { ...options, shift: 1 }),
    audio: () => trainSoundClassifier(network, dataset, options),
    text: () => train(wordTraining(network), dataset, { ...options, reportEvery: 20 }),
  };
  for await (const report of reports[form]()) {
    onProgress(report);
    // What normalises its layers needs some steps to settle, however right it is.
    if (report.step >= FEWEST_STEPS && report.metrics.accuracy! >= GOOD_ENOUGH) break;
  }
  return network;
}

/** The class that a network finds likeliest. */
export function classifyWith(network: tf.LayersModel): Classify {
  return async (samples) => {
    const classes = tf.tidy(() => tf.argMax(network.predict(samples) as tf.Tensor, 1));
    const values = await classes.data();
    classes.dispose();
    return values;
  };
}

/** Which words there are says what a text is of, wherever they stand: one-hot tokens `[batch, length, vocabulary]` to probabilities. */
async function wordClassifier(dataset: Dataset<Batch>, classes: number): Promise<tf.LayersModel> {
  const { samples, labels } = await dataset.batch([0]);
  const inputShape = samples.shape.slice(1);
  tf.dispose([samples, ...(labels ? [labels] : [])]);
  const words = tf.layers.globalAveragePooling1d({ inputShape });
  const kernelInitializer = tf.initializers.zeros();
  return tf.sequential({ layers: [words, tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer })] });
}

const wordTraining = (network: tf.LayersModel) =>
  classifierTraining(network, { caller: 'evaluate', learningRate: 0.1, augment: (texts) => texts.clone() });
