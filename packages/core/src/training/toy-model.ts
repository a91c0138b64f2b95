import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset } from '../data/dataset.js';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { Optimizer } from '../optimizers/optimizer.js';
import { optimizerSchema } from '../optimizers/optimizer-options.js';
import { number } from '../options/field.js';
import { resolveOptions } from '../options/resolve-options.js';
import { Random, type RandomState } from '../random/random.js';
import type { Trainable } from './method.js';

/** For tests: one weight that learns the mean of the data by gradient descent with Adam; `scale` multiplies its loss. */
export function toyModel(): Trainable<Batch, { scale?: number }> & { mean(): Promise<number>; dispose(): void } {
  const network = tf.sequential();
  network.add(tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' }));
  const weight = network.trainableWeights[0]!.read() as tf.Variable;
  return {
    networks: { network },
    trainingSchema: { scale: number({ default: 1 }) },
    trainingMethod({ scale = 1 }, random) {
      const optimizer = new Optimizer(
        [weight],
        resolveOptions('toyModel', {}, optimizerSchema({ learningRate: 0.05, beta1: 0.9, beta2: 0.999 })),
      );
      return {
        batchesPerStep: 1,
        phases: [
          {
            name: 'fit',
            every: 1,
            run({ batches, samplesSeen, meter }) {
              const noise = random.normalTensor([1], 0, 1e-3);
              const { value, grads } = tf.variableGrads(
                () => tf.mul(scale, tf.mean(tf.square(tf.sub(batches[0]!.samples, tf.add(weight, noise))))) as tf.Scalar,
                [weight],
              );
              meter.add('loss', value);
              optimizer.apply(grads, samplesSeen);
            },
          },
        ],
        state: async () => ({ ...(await optimizer.state()), values: { random: { ...random.state() } } }),
        async restore(state) {
          await optimizer.restore(state);
          random = Random.fromState(state.values.random as unknown as RandomState);
        },
        dispose: () => optimizer.dispose(),
      };
    },
    mean: async () => (await weight.data())[0]!,
    dispose: () => network.dispose(),
  };
}

/** Sixty-four numbers around 3. */
export function toyData(): Dataset {
  const values = Float32Array.from({ length: 64 }, (_, i) => 3 + Math.sin(i));
  return inMemoryDataset({ values, sampleShape: [1], fingerprint: 'toy' });
}
