import { isDeepStrictEqual } from 'node:util';
import { envelopeDistance, loudnessDistance, soundClassifier, soundProfile, trainSoundClassifier } from '@polygan/audio';
import {
  classifierAccuracy,
  type FeatureMatrix,
  featuresOf,
  inceptionScore,
  type SampleFeatures as Judgement,
} from '@polygan/core';
import type { Score } from '@polygan/core/node';
import { featureNetwork } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { UserError } from '../terminal/failure.js';
import { figure } from '../terminal/format.js';
import type { FeatureRequest, MeasuredSides, SampleFeatures } from './modality-commands.js';
import { shareOfTurns } from './share-of-turns.js';

/** Steps of training of a classifier of the user's classes: about two minutes on sounds of a second. */
const CLASSIFIER_STEPS = 300;
const RANDOM_WIDTH = 32;
/** Each tenth sound is kept from the classifier's training, to see how good it is. */
const HELD_OUT_EVERY = 10;

/** The set whose classifier comes with polygan, and the sounds that it takes. */
const SHIPPED = 'spoken-digits';
const SHIPPED_SHAPE: Shape = { length: 8192, channels: 1, sampleRate: 8000 };

const MAKERS: Readonly<Record<string, (request: FeatureRequest) => Promise<SampleFeatures>>> = {
  [SHIPPED]: shippedClassifier,
  classes: trainedOnClasses,
  random: randomConvolutions,
};

export const AUDIO_FEATURES: readonly string[] = Object.keys(MAKERS);

/** The features that were asked for by name; else the shipped classifier for its own set, or one of the data's classes, where they have some. */
export async function audioFeatures(request: FeatureRequest): Promise<SampleFeatures> {
  return MAKERS[request.name === 'auto' ? automaticName(request) : request.name]!(request);
}

function automaticName(request: FeatureRequest): string {
  if (request.source === SHIPPED && isDeepStrictEqual(request.data.shared, SHIPPED_SHAPE)) return SHIPPED;
  return classesOf(request).length > 1 ? 'classes' : 'random';
}

function classesOf({ data }: FeatureRequest): readonly string[] {
  return data.dataset.classNames ?? [];
}

interface Shape {
  readonly length: number;
  readonly channels: 1 | 2;
  readonly sampleRate: number;
}

async function shippedClassifier({ data }: FeatureRequest): Promise<SampleFeatures> {
  if (!isDeepStrictEqual(data.shared, SHIPPED_SHAPE)) {
    throw new UserError(
      `--features ${SHIPPED} hears sounds of 8192 samples at 8000 Hz, mono; use 'classes' or 'random' for others`,
    );
  }
  const network = await featureNetwork(SHIPPED);
  return withNetwork(network, `the classifier of ${SHIPPED} that comes with polygan`, { trained: true, ...SHIPPED_SHAPE });
}

async function trainedOnClasses(request: FeatureRequest): Promise<SampleFeatures> {
  const { data, seed, onProgress } = request;
  const shape = data.shared as unknown as Shape;
  const classes = classesOf(request).length;
  if (classes < 2) {
    throw new UserError("--features classes needs data with classes: put the sounds of each into a sub-folder, or use 'random'");
  }
  const network = soundClassifier({ ...shape, classes, seed });
  const { dataset } = data;
  const all = Array.from({ length: dataset.size }, (_, i) => i);
  const only = (numbers: readonly number[]) => ({
    ...dataset,
    size: numbers.length,
    batch: (indices: readonly number[], epochs?: readonly number[]) =>
      dataset.batch(
        indices.map((index) => numbers[index]!),
        epochs,
      ),
  });
  const training = only(all.filter((i) => i % HELD_OUT_EVERY !== 0));
  const options = { steps: CLASSIFIER_STEPS, batchSize: Math.min(64, training.size), seed };
  for await (const { progress, metrics } of trainSoundClassifier(network, training, options)) {
    onProgress(progress, `training a classifier of ${classes} classes, ${Math.round(100 * metrics.accuracy!)} % right`);
  }
  const accuracy = await classifierAccuracy(network, only(all.filter((i) => i % HELD_OUT_EVERY === 0)));
  return withNetwork(
    network,
    `a log-mel classifier of the ${classes} classes of the data (${figure(Math.round(1000 * accuracy) / 10)} % right on sounds kept from its training)`,
    { trained: true, ...shape },
  );
}

/** Convolutions with random weights over the log-mel spectrogram. */
async function randomConvolutions({ data, seed }: FeatureRequest): Promise<SampleFeatures> {
  const shape = data.shared as unknown as Shape;
  const network = soundClassifier({ ...shape, classes: 2, width: RANDOM_WIDTH, seed });
  return withNetwork(network, 'convolutions with random weights over log-mel spectrograms', { trained: false, ...shape });
}

function withNetwork(
  network: tf.LayersModel,
  description: string,
  { trained, length, channels, sampleRate }: Shape & { readonly trained: boolean },
): SampleFeatures {
  const judged = async ({ values, rows }: FeatureMatrix): Promise<Judgement> => {
    const sounds = tf.tensor3d(values as Float32Array, [rows, length, channels]);
    const judgement = await featuresOf(network, sounds);
    sounds.dispose();
    return judgement;
  };
  const profileOf = async ({ values, rows }: FeatureMatrix) => {
    const sounds = tf.tensor3d(values as Float32Array, [rows, length, channels]);
    const profile = await soundProfile(sounds, sampleRate);
    sounds.dispose();
    return profile;
  };
  return {
    description,
    trained,
    of: async (samples) => (await featuresOf(network, samples)).features,
    async scores({ reference, others, fake, classes }: MeasuredSides): Promise<Score[]> {
      const counts = { real: reference.samples.rows, fake: fake.samples.rows };
      const [ofReference, ofOthers, ofFake] = [
        await profileOf(reference.samples),
        await profileOf(others.samples),
        await profileOf(fake.samples),
      ];
      const scores: Score[] = [
        {
          metric: 'loudnessDistance',
          title: 'Loudness distance (dB)',
          value: loudnessDistance(ofReference, ofFake),
          realValue: loudnessDistance(ofReference, ofOthers),
          better: 'lower',
          meaning: 'How far the loudness of generated sounds lies from that of real ones.',
          ...counts,
        },
        {
          metric: 'envelopeDistance',
          title: 'Spectral envelope distance (dB)',
          value: envelopeDistance(ofReference, ofFake),
          realValue: envelopeDistance(ofReference, ofOthers),
          better: 'lower',
          meaning: 'How far the loudness of generated sounds lies from that of real ones in each frequency band.',
          ...counts,
        },
      ];
      if (!trained) return scores;
      const { probabilities } = await judged(fake.samples);
      const ofReal = (await judged(others.samples)).probabilities;
      scores.unshift({
        metric: 'inceptionScore',
        title: 'Inception score',
        value: inceptionScore(probabilities).value,
        realValue: inceptionScore(ofReal).value,
        better: 'higher',
        meaning: 'Whether each sound is clearly of a class, and all classes occur; by the classifier of the data.',
        ...counts,
      });
      if (classes) {
        scores.unshift({
          metric: 'classAccuracy',
          title: 'Class accuracy',
          value: shareOfTurns(probabilities),
          better: 'higher',
          meaning: 'The share of generated sounds in which the classifier hears the class that was asked for.',
          ...counts,
        });
      }
      return scores;
    },
    dispose: () => network.dispose(),
  };
}
