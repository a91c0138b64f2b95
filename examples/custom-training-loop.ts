/**
 * A training method of your own: networks, loss and the phases of a step, by hand. The loop, its reports, seeds and checkpoints come from core.
 *
 *   pnpm custom-training-loop
 *
 * What to expect: a Wasserstein GAN with a gradient penalty (arXiv 1704.00028) learns eight clusters of points on a ring. GANs that collapse
 * find one or two of them; after the 400 steps of this one the generated points lie at eight, or nearly.
 */
import {
  inMemoryDataset,
  joinStates,
  Optimizer,
  optimizerSchema,
  partOfState,
  Random,
  type RandomState,
  resolveOptions,
  type Trainable,
  train,
  wassersteinGradientPenalty,
} from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';

const CLUSTERS = 8;
const centre = (cluster: number) => [Math.cos((2 * Math.PI * cluster) / CLUSTERS), Math.sin((2 * Math.PI * cluster) / CLUSTERS)];

/** `[batch, inputs]` to `[batch, outputs]`. */
function network(inputs: number, outputs: number, seed: number): tf.LayersModel {
  const model = tf.sequential();
  for (const [i, units] of [64, 64, outputs].entries()) {
    const kernelInitializer = tf.initializers.heNormal({ seed: seed + i });
    const activation = i < 2 ? 'relu' : 'linear';
    model.add(tf.layers.dense({ units, activation, kernelInitializer, ...(i === 0 && { inputShape: [inputs] }) }));
  }
  return model;
}

const generator = network(2, 2, 1);
const critic = network(2, 1, 100);
const variables = (model: tf.LayersModel) => model.trainableWeights.map((weight) => weight.read() as tf.Variable);
const score = (points: tf.Tensor) => critic.apply(points) as tf.Tensor;
const generate = (count: number, random: Random) => generator.apply(random.normalTensor([count, 2])) as tf.Tensor;

const model: Trainable<{ samples: tf.Tensor }, object> = {
  networks: { generator, critic },
  trainingSchema: {},
  trainingMethod(_options, random) {
    const adam = resolveOptions('ring', {}, optimizerSchema({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 }));
    const optimizers = { critic: new Optimizer(variables(critic), adam), generator: new Optimizer(variables(generator), adam) };
    return {
      // The critic learns from three batches for each step of the generator.
      batchesPerStep: 3,
      // Phases run one after another inside one tf.tidy, and read nothing back: the engine can run a step as one graph.
      phases: [
        {
          name: 'critic',
          every: 1,
          run({ batches, batchSize, samplesSeen, meter }) {
            for (const { samples: real } of batches) {
              const fake = generate(batchSize, random);
              const mix = random.uniformTensor<tf.Rank.R1>([batchSize]);
              const { value, grads } = tf.variableGrads(() => {
                const distance = tf.sub(tf.mean(score(real)), tf.mean(score(fake)));
                const penalty = wassersteinGradientPenalty(score, real, fake, mix);
                return tf.sub(tf.mul(1, penalty), distance) as tf.Scalar;
              }, optimizers.critic.variables);
              meter.add('loss/critic', value);
              optimizers.critic.apply(grads, samplesSeen);
            }
          },
        },
        {
          name: 'generator',
          every: 1,
          run({ batchSize, samplesSeen, meter }) {
            const points = random.normalTensor([batchSize, 2]);
            const loss = () => tf.neg(tf.mean(score(generator.apply(points) as tf.Tensor))) as tf.Scalar;
            const { value, grads } = tf.variableGrads(loss, optimizers.generator.variables);
            meter.add('loss/generator', value);
            optimizers.generator.apply(grads, samplesSeen);
          },
        },
      ],
      // What a checkpoint must hold beside the networks; a run folder stores and restores it.
      state: async () =>
        joinStates({
          critic: await optimizers.critic.state(),
          generator: await optimizers.generator.state(),
          random: { tensors: {}, values: { ...random.state() } },
        }),
      restore: async (state) => {
        await optimizers.critic.restore(partOfState(state, 'critic'));
        await optimizers.generator.restore(partOfState(state, 'generator'));
        random = Random.fromState(partOfState(state, 'random').values as unknown as RandomState);
      },
      dispose: () => {
        for (const optimizer of Object.values(optimizers)) optimizer.dispose();
      },
    };
  },
};

console.log(`engine ${(await useEngine()).name}`);
const noise = Random.fromSeed('data');
const values = Float32Array.from({ length: 8000 }, (_, i) => centre((i >> 1) % CLUSTERS)[i % 2]! + 0.03 * noise.normal());
const data = inMemoryDataset({ values, sampleShape: [2], fingerprint: 'ring' });

for await (const { step, metrics } of train(model, data, { steps: 400, batchSize: 128, reportEvery: 100 })) {
  console.log(`step ${step}: critic ${metrics['loss/critic']?.toFixed(3)}, generator ${metrics['loss/generator']?.toFixed(3)}`);
}

const points = tf.tidy(() => generate(1000, Random.fromSeed('look')));
const generated = (await points.array()) as number[][];
const isNear = ([x, y]: number[], [cx, cy]: number[]) => Math.hypot(x! - cx!, y! - cy!) < 0.2;
const found = Array.from({ length: CLUSTERS }, (_, k) => generated.filter((point) => isNear(point, centre(k))).length);
console.log(`of 1000 generated points, near each of the ${CLUSTERS} clusters: ${found.join(', ')}`);
