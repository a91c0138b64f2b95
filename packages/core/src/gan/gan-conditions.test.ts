import * as tf from '@tensorflow/tfjs';
import { afterEach, expect, test } from 'vitest';
import { conditionedDataset } from '../data/conditioned-dataset.js';
import { conditionsOf } from '../data/conditions-of.js';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { samplesAt } from '../data/samples-at.js';
import { normalLatent } from '../latent/latent-space.js';
import { Random } from '../random/random.js';
import { train } from '../training/train.js';
import { Gan } from './gan.js';
import { GanNoise } from './gan-noise.js';

const made: Gan[] = [];
afterEach(() => {
  for (const gan of made.splice(0)) gan.dispose();
});

/** One number a sample, made of a latent number and two that it is told; the generator's weights are those that are given. */
function teller(weights: readonly number[], { hasEars = true } = {}): Gan<number> {
  const dense = (inputs: tf.SymbolicTensor[], units: number) => {
    const joined = inputs.length > 1 ? (tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor) : inputs[0]!;
    const layer = tf.layers.dense({ units });
    return { layer, output: layer.apply(joined) as tf.SymbolicTensor };
  };
  const told = () => (hasEars ? [tf.input({ shape: [2] })] : []);
  const gan = new Gan<number>({
    kind: 'teller',
    options: {},
    latent: normalLatent(1, hasEars ? { conditionShape: [2] } : {}),
    modality: {
      kind: 'number',
      sampleShape: [1],
      encode: (samples: readonly number[]) => tf.tensor2d([...samples], [samples.length, 1]),
      decode: async (batch: tf.Tensor) => [...(await batch.data())],
    },
    networks: {
      generator() {
        const inputs = [tf.input({ shape: [1] }), ...told()];
        const { layer, output } = dense(inputs, 1);
        tf.tidy(() => layer.setWeights([tf.tensor2d([...weights], [weights.length, 1]), tf.zeros([1])]));
        return tf.model({ inputs, outputs: output });
      },
      discriminator() {
        const inputs = [tf.input({ shape: [1] }), ...told()];
        const hidden = tf.layers.leakyReLU().apply(dense(inputs, 16).output) as tf.SymbolicTensor;
        return tf.model({ inputs, outputs: [dense([hidden], 1).output, hidden] });
      },
    },
  });
  made.push(gan);
  return gan;
}

/** Samples that are what their conditions sum up to, but for `noise`. */
function sums(count: number, noise = 0) {
  const random = Random.fromSeed(1);
  const values = random.fillNormal(new Float32Array(2 * count));
  const samples = Float32Array.from({ length: count }, (_, i) => values[2 * i]! + values[2 * i + 1]! + noise * random.normal());
  const data = inMemoryDataset({ values: samples, sampleShape: [1], fingerprint: 'sums' });
  return conditionedDataset(data, { values, conditionShape: [2], fingerprint: 'terms' });
}

async function numbers(tensor: tf.Tensor): Promise<number[]> {
  const values = [...(await tensor.data())];
  tensor.dispose();
  return values;
}

test('samples are made under the conditions that are handed in, in turn', async () => {
  const gan = teller([0, 1, 10]);
  const conditions = tf.tensor2d([[1, 2], [3, 4], [5, 6]]); // biome-ignore format: a matrix
  const many = await numbers(await gan.sample(70, { conditions }));
  expect(many).toEqual(Array.from({ length: 70 }, (_, i) => [21, 43, 65][i % 3]));
  await expect(gan.sample(1)).rejects.toThrow('makes samples under conditions of shape [2]');
  await expect(teller([1], { hasEars: false }).sample(1, { conditions })).rejects.toThrow('is told no conditions');
  const wide = tf.zeros([1, 3]);
  await expect(gan.sample(1, { conditions: wide })).rejects.toThrow('conditions of shape [2] needs one for each sample, got [3]');
  tf.dispose([conditions, wide]);
});

test('data have a condition for each sample, and some of them can be taken out', async () => {
  const data = sums(5);
  const { samples, conditions } = await data.batch([3, 1]);
  const [own, told] = [await numbers(samples), await numbers(conditions!)];
  expect(own).toEqual([0, 1].map((i) => expect.closeTo(told[2 * i]! + told[2 * i + 1]!, 5)));
  expect(await numbers(await samplesAt(data, [1]))).toEqual([own[1]]);
  const before = tf.memory().numTensors;
  const [few, more] = [await conditionsOf(data, { count: 2 }), await conditionsOf(data, { count: 9 })];
  expect(more!.shape).toEqual([5, 2]);
  expect(await numbers(few!)).toEqual((await numbers(more!)).slice(0, 4));
  expect(tf.memory().numTensors).toBe(before);
  expect(() => conditionedDataset(data, { values: [1], conditionShape: [2], fingerprint: '' })).toThrow('10 in all; got 1');
});

const OPTIONS = {
  batchSize: 32,
  steps: 300,
  generatorOptimizer: { learningRate: 0.02 },
  discriminatorOptimizer: { learningRate: 0.02 },
  average: { halfLife: 320 },
};

async function trained(options: object, data = sums(256)): Promise<Gan<number>> {
  const gan = teller([1, 0, 0]);
  for await (const _ of train(gan, data, { ...OPTIONS, ...options })) {
    // Only the end counts.
  }
  return gan;
}

/** What a generator makes of the latent number and the two that it is told. */
async function kernelOf({ averagedGenerator }: Gan<number>): Promise<number[]> {
  return [...(await averagedGenerator.getWeights()[0]!.data())];
}

test('the game alone teaches a generator to do as it is told', async () => {
  const [, first, second] = await kernelOf(await trained({ mismatch: 0.5 }));
  expect(first).toBeCloseTo(1, 0);
  expect(second).toBeCloseTo(1, 0);
});

test('closeness leads to the real sample of each condition, variety away from one sample for each', async () => {
  const [point, first, second] = await kernelOf(await trained({ closeness: 10 }, sums(256, 0.7)));
  expect(Math.abs(point!)).toBeLessThan(0.3);
  expect(first).toBeCloseTo(1, 0);
  expect(second).toBeCloseTo(1, 0);
  const [varied] = await kernelOf(await trained({ closeness: 10, variety: 10 }, sums(256, 0.7)));
  expect(Math.abs(varied!)).toBeGreaterThan(0.5);
});

test('refuses what a model that is told nothing cannot do', () => {
  const gan = teller([1], { hasEars: false });
  for (const name of ['closeness', 'variety', 'mismatch']) {
    expect(() => gan.trainingMethod({ [name]: 1 }, Random.fromSeed(0))).toThrow(`'${name}'`);
  }
});

test('noise moves what samples are said to be made under, by so much, and nothing else', () => {
  const noise = new GanNoise({ instance: 0, latent: 0, labelSmoothing: 0, labelFlipping: 0, conditions: 0.3 });
  tf.tidy(() => {
    const labels = tf.tensor1d([1, 2], 'int32');
    const told = noise.onTold({ labels, conditions: tf.fill([1000, 2], 5) }, Random.fromSeed(2));
    expect(told.labels).toBe(labels);
    const { mean, variance } = tf.moments(told.conditions!);
    expect(mean.dataSync()[0]).toBeCloseTo(5, 1);
    expect(Math.sqrt(variance.dataSync()[0]!)).toBeCloseTo(0.3, 1);
    expect(noise.onTold({ labels }, Random.fromSeed(2))).toEqual({ labels });
  });
});
