import { classifierAccuracy, featuresOf } from '@polygan/core';
import { type FeatureNetworkName, featureNetwork } from '@polygan/datasets/node';
import { type PictureChannels, pictureClassifier, trainClassifier } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import { UserError } from '../terminal/failure.js';
import { imageScores } from './image-scores.js';
import type { FeatureRequest, SampleFeatures } from './modality-commands.js';

/** Steps of training of a classifier of the user's classes: about a minute on small pictures. */
const CLASSIFIER_STEPS = 400;
const CLASSIFIER_WIDTH = 16;
const RANDOM_WIDTH = 32;

interface FeatureMaker {
  /** Whether `--features auto` may choose it for these data. */
  fits(request: FeatureRequest): boolean;
  make(request: FeatureRequest): Promise<SampleFeatures>;
}

/** Ways to features, the best first. */
const MAKERS: Readonly<Record<string, FeatureMaker>> = {
  digits: shipped('digits'),
  'fashion-mnist': shipped('fashion-mnist'),
  classes: { fits: ({ data }) => (data.dataset.classNames?.length ?? 0) > 1, make: trainedOnClasses },
  random: { fits: () => true, make: randomConvolutions },
};

export const IMAGE_FEATURES: readonly string[] = Object.keys(MAKERS);

/** The features that were asked for by name, or the best that fit the data. */
export async function imageFeatures(request: FeatureRequest): Promise<SampleFeatures> {
  const maker =
    request.name === 'auto' ? Object.values(MAKERS).find((candidate) => candidate.fits(request)) : MAKERS[request.name];
  return maker!.make(request);
}

/** The classifier that comes with polygan for a ready-made set: grey pictures of 28 pixels. */
function shipped(name: FeatureNetworkName): FeatureMaker {
  return {
    fits: ({ source }) => source === name,
    async make(request) {
      const network = await featureNetwork(name);
      const description = `the classifier of ${name} that comes with polygan`;
      return withNetwork(network, {
        request,
        description,
        trained: true,
        prepare: (samples) => asGreyOf28(samples as tf.Tensor4D),
      });
    },
  };
}

/** Another size is resampled, colour becomes brightness, transparency black. */
function asGreyOf28(samples: tf.Tensor4D): tf.Tensor4D {
  const colours = samples.slice([0, 0, 0, 0], [-1, -1, -1, Math.min(3, samples.shape[3])]);
  const grey =
    colours.shape[3] === 1 ? colours : (tf.sum(tf.mul(colours, tf.tensor1d([0.299, 0.587, 0.114])), 3, true) as tf.Tensor4D);
  const [, height, width] = grey.shape;
  if (height === 28 && width === 28) return grey.clone();
  // From 29 to 35 pixels the pictures stand in a frame, as they were enlarged for training.
  if (height >= 28 && height <= 35) return grey.slice([0, (height - 28) >> 1, (width - 28) >> 1, 0], [-1, 28, 28, -1]);
  return tf.image.resizeBilinear(grey, [28, 28], false, true);
}

async function trainedOnClasses(request: FeatureRequest): Promise<SampleFeatures> {
  const { data, seed, onProgress } = request;
  const { size, channels } = data.shared as { size: number; channels: PictureChannels };
  const classes = data.dataset.classNames?.length ?? 0;
  if (classes < 2)
    throw new UserError(
      "--features classes needs data with classes: put the pictures of each into a sub-folder, or use 'random'",
    );
  const network = pictureClassifier({ size, channels, classes, width: CLASSIFIER_WIDTH, seed });
  const options = { steps: CLASSIFIER_STEPS, batchSize: Math.min(64, data.dataset.size), seed, shift: 1 };
  for await (const { progress, metrics } of trainClassifier(network, data.dataset, options)) {
    onProgress(progress, `training a classifier of ${classes} classes, ${Math.round(100 * metrics.accuracy!)} % right`);
  }
  const accuracy = await classifierAccuracy(network, data.dataset);
  const description = `a classifier of the ${classes} classes of the data (${Math.round(100 * accuracy)} % of its training samples right)`;
  return withNetwork(network, { request, description, trained: true });
}

/** Convolutions with random weights: they see edges and textures, though nobody taught them what matters. */
async function randomConvolutions(request: FeatureRequest): Promise<SampleFeatures> {
  const { data, seed } = request;
  const { size, channels } = data.shared as { size: number; channels: PictureChannels };
  const network = pictureClassifier({ size, channels, classes: 2, width: RANDOM_WIDTH, seed });
  return withNetwork(network, { request, description: 'convolutions with random weights', trained: false });
}

/** How a network is used. */
interface NetworkUse {
  readonly request: FeatureRequest;
  readonly description: string;
  readonly trained: boolean;
  /** Samples as the network takes them. */
  readonly prepare?: (samples: tf.Tensor) => tf.Tensor;
}

function withNetwork(
  network: tf.LayersModel,
  { request, description, trained, prepare = (samples) => samples.clone() }: NetworkUse,
): SampleFeatures {
  const judged = async (samples: tf.Tensor) => {
    const prepared = tf.tidy(() => prepare(samples));
    const judgement = await featuresOf(network, prepared);
    prepared.dispose();
    return judgement;
  };
  return {
    description,
    trained,
    of: async (samples) => (await judged(samples)).features,
    ...(trained && { scores: (sides) => imageScores(sides, request, async (samples) => (await judged(samples)).probabilities) }),
    dispose: () => network.dispose(),
  };
}
