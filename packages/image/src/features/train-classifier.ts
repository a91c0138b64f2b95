import {
  type Batch,
  boolean,
  type Dataset,
  integer,
  number,
  Optimizer,
  optimizerSchema,
  positiveInteger,
  resolveOptions,
  type Trainable,
  type TrainReport,
  train,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { type JitterOptions, jitterPictures } from './jitter-pictures.js';

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
  yield* train(classification(network, rate, { shift, flip }), dataset, { ...loop, ...(signal && { signal }) });
}

/** Pictures that are judged at once. */
const PIECE = 250;

/** Keeps the logarithm of a probability finite. */
const EPSILON = 1e-7;

/** The share of a dataset's pictures that a classifier names rightly, 0 to 1. */
export async function classifierAccuracy(network: tf.LayersModel, dataset: Dataset<Batch>): Promise<number> {
  let right = 0;
  for (let from = 0; from < dataset.size; from += PIECE) {
    const indices = Array.from({ length: Math.min(PIECE, dataset.size - from) }, (_, i) => from + i);
    const { samples, labels } = await dataset.batch(indices);
    const hits = tf.tidy(() =>
      tf.sum(hitsOf(network.predict(samples) as tf.Tensor2D, requireLabels('classifierAccuracy', labels))),
    );
    right += (await hits.data())[0]!;
    tf.dispose([samples, labels, hits] as tf.Tensor[]);
  }
  return right / dataset.size;
}

function classification(network: tf.LayersModel, learningRate: object, jitter: JitterOptions): Trainable<Batch, object> {
  return {
    networks: { network },
    trainingSchema: {},
    trainingMethod(_, random) {
      const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const defaults = optimizerSchema({ learningRate: 0, beta1: 0.9, beta2: 0.999 });
      const optimizer = new Optimizer(variables, resolveOptions('trainClassifier', { learningRate }, defaults));
      return {
        batchesPerStep: 1,
        phases: [
          {
            name: 'classifier',
            every: 1,
            run({ batches, samplesSeen, meter }) {
              const { samples, labels } = batches[0]!;
              const right = requireLabels('trainClassifier', labels);
              const pictures = jitterPictures(samples as tf.Tensor4D, random, jitter);
              const { value, grads } = tf.variableGrads(() => {
                const probabilities = network.apply(pictures, { training: true }) as tf.Tensor2D;
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

/** The mean of -ln p(right class). */
function crossEntropy(probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const right = tf.oneHot(labels, probabilities.shape[1]);
  return tf
    .mean(tf.sum(tf.mul(right, tf.log(tf.add(probabilities, EPSILON))), 1))
    .neg()
    .asScalar();
}

/** 1 for each picture whose likeliest class is the right one, else 0. */
function hitsOf(probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return tf.cast(tf.equal(tf.argMax(probabilities, 1), labels), 'float32').as1D();
}

function requireLabels(caller: string, labels: tf.Tensor1D | undefined): tf.Tensor1D {
  if (labels) return labels;
  throw new Error(
    `${caller}: the pictures have no classes; put those of each class into a sub-folder, or give labels with each batch`,
  );
}
