import {
  integer,
  number,
  Optimizer,
  optimizerSchema,
  positiveInteger,
  Random,
  resolveOptions,
  type Trainable,
  type TrainReport,
  train,
  trainableVariables,
  withConditions,
} from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { PictureModel } from './inversion-encoder.js';

/** Options of {@link trainInversionEncoder}. */
export interface TrainInversionEncoderOptions {
  /** Training steps. */
  readonly steps: number;
  /** Pictures in a batch. Default 64. */
  readonly batchSize?: number;
  /** Of Adam. Default 1e-3. */
  readonly learningRate?: number;
  /** Decides which pictures it sees. Default 0. */
  readonly seed?: number;
  /** Steps from report to report. Default 20. */
  readonly reportEvery?: number;
  /** Aborting it throws its reason. */
  readonly signal?: AbortSignal;
}

const schema = {
  steps: positiveInteger(),
  batchSize: positiveInteger({ default: 64 }),
  learningRate: number({ above: 0, default: 1e-3 }),
  seed: integer({ default: 0 }),
  reportEvery: positiveInteger({ default: 20 }),
};

/** Pictures that a model made, and what it made them from. */
interface Made extends tf.TensorContainerObject {
  readonly points: tf.Tensor2D;
  readonly samples: tf.Tensor;
  readonly labels?: tf.Tensor1D;
}

/**
 * Teaches an encoder to tell latent points from the pictures that a trained model makes of them: each report has the mean squared error of a latent number
 * as `loss`, whose variance is 1 in a normal space. It needs no data: the model makes them.
 *
 * ```ts
 * const encoder = inversionEncoder(gan);
 * for await (const report of trainInversionEncoder(encoder, gan, { steps: 2000 })) console.log(report.metrics.loss);
 * ```
 *
 * @param encoder as `inversionEncoder` makes it; its weights are changed
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export async function* trainInversionEncoder(
  encoder: tf.LayersModel,
  model: PictureModel,
  { signal, ...options }: TrainInversionEncoderOptions,
): AsyncGenerator<TrainReport, void, undefined> {
  const { learningRate, ...loop } = resolveOptions('trainInversionEncoder', options, schema);
  const pictures = made(model, loop.batchSize, Random.fromSeed(loop.seed));
  yield* train(reading(encoder, model, learningRate), pictures, { ...loop, ...(signal && { signal }) });
}

async function* made(model: PictureModel, count: number, random: Random): AsyncGenerator<Made, never, undefined> {
  const { latent } = model;
  for (;;) {
    const points = latent.sample(count, random);
    const labels = latent.classes ? latent.sampleLabels(count, random) : undefined;
    yield { points, samples: model.generate(points, labels), ...(labels && { labels }) };
  }
}

function reading(encoder: tf.LayersModel, { latent }: PictureModel, learningRate: number): Trainable<Made, object> {
  return {
    networks: { encoder },
    trainingSchema: {},
    trainingMethod() {
      const defaults = optimizerSchema({ learningRate, beta1: 0.9, beta2: 0.999 });
      const optimizer = new Optimizer(trainableVariables(encoder), resolveOptions('trainInversionEncoder', {}, defaults));
      return {
        batchesPerStep: 1,
        phases: [
          {
            name: 'encoder',
            every: 1,
            run({ batches, samplesSeen, meter }) {
              const { points, samples, labels } = batches[0]!;
              const { value, grads } = tf.variableGrads(() => {
                const read = encoder.apply(withConditions([samples], { labels }, latent), { training: true }) as tf.Tensor2D;
                return tf.mean(tf.squaredDifference(read, points)) as tf.Scalar;
              }, optimizer.variables);
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
