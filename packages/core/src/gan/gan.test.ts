import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { inMemoryDataset } from '../data/in-memory-dataset.js';
import { latentSpace } from '../latent/latent-space.js';
import { Random } from '../random/random.js';
import { train } from '../training/train.js';
import { Gan, type GanParts } from './gan.js';

/** One number a sample: the generator gives the latent number plus ten times the class, the discriminator adds up all that it is told. */
function adder(parts: Partial<GanParts<number>> = {}, { classes = 3, judged = 1 } = {}): Gan<number> {
  const oneHot = () => (classes > 0 ? [tf.input({ shape: [classes] })] : []);
  const sum = (inputs: tf.SymbolicTensor[], kernel: number[]) => {
    const joined = inputs.length > 1 ? (tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor) : inputs[0]!;
    const layer = tf.layers.dense({ units: 1 });
    const output = layer.apply(joined) as tf.SymbolicTensor;
    tf.tidy(() => layer.setWeights([tf.tensor2d(kernel, [kernel.length, 1]), tf.zeros([1])]));
    return output;
  };
  return new Gan({
    kind: 'adder',
    options: {},
    latent: latentSpace({ distribution: 'uniform', dimensions: 1, ...(classes > 0 && { classes }) }),
    modality: {
      kind: 'number',
      sampleShape: [1],
      encode: (samples: readonly number[]) => tf.tensor2d([...samples], [samples.length, 1]),
      decode: async (batch: tf.Tensor) => [...(await batch.data())],
    },
    networks: {
      generator() {
        const inputs = [tf.input({ shape: [1] }), ...oneHot()];
        return tf.model({ inputs, outputs: sum(inputs, [1, ...(classes > 0 ? [0, 10, 20] : [])]) });
      },
      discriminator() {
        const inputs = [...Array.from({ length: judged }, () => tf.input({ shape: [1] })), ...oneHot()];
        const score = sum(inputs, [...Array.from({ length: judged }, () => 1), ...(classes > 0 ? [0, 10, 20] : [])]);
        return tf.model({ inputs, outputs: [score, inputs[0]!] });
      },
    },
    ...parts,
  });
}

async function classesOf(samples: tf.Tensor): Promise<number[]> {
  const values = await samples.data();
  samples.dispose();
  return [...values].map((value) => Math.abs(Math.round(value / 10)));
}

test('classes take turns, over the pieces too, unless one is asked for', async () => {
  const gan = adder();
  const many = await classesOf(await gan.sample(70));
  expect(many).toEqual(many.map((_, i) => i % 3));
  expect(await classesOf(await gan.sample(2, { label: 2 }))).toEqual([2, 2]);
  await expect(gan.sample(1, { label: 3 })).rejects.toThrow('0 to 2; got 3');
  gan.dispose();
});

test('a model that is told clusters draws them as often as they are in the data, unless one is asked for', async () => {
  const gan = adder({
    latent: latentSpace({ distribution: 'uniform', dimensions: 1, clusters: { sizes: [1, 1, 998], classOf: [] } }),
  });
  const drawn = await classesOf(await gan.sample(300));
  expect(drawn.filter((cluster) => cluster === 2).length).toBeGreaterThan(280);
  expect(await classesOf(await gan.sample(2, { cluster: 1 }))).toEqual([1, 1]);
  await expect(gan.sample(1, { label: 1 })).rejects.toThrow('which has none');
  gan.dispose();
});

test('a model without classes has no labels, and takes none', async () => {
  const gan = adder({}, { classes: 0 });
  expect(await classesOf(await gan.sample(3))).toEqual([0, 0, 0]);
  await expect(gan.sample(1, { label: 0 })).rejects.toThrow('which has none');
  gan.dispose();
});

test('the discriminator is told samples, random inputs, classes, in this order', async () => {
  const networks = adder({}, { judged: 2 });
  const gan = adder(
    {
      networks: {
        generator: () => networks.generator,
        discriminator: () => networks.discriminator,
        judgeInputs: (batch: number, random: Random) => [tf.fill([batch, 1], random.integer(100) / 100)],
      },
    },
    { judged: 2 },
  );
  const scores = tf.tidy(() => {
    const { score } = gan.judge(tf.tensor2d([1, 2], [2, 1]), { labels: tf.tensor1d([1, 2], 'int32') });
    return score.dataSync();
  });
  const shift = scores[0]! - 11;
  expect(shift).toBeGreaterThanOrEqual(0);
  expect(shift).toBeLessThan(1);
  expect(scores[1]! - shift).toBeCloseTo(22, 4);
  networks.dispose();
});

test('generated samples are of the classes of the real ones, and training without labels says what is missing', async () => {
  const labelled = inMemoryDataset({
    values: Float32Array.from({ length: 60 }, (_, i) => 10 * (i % 3)),
    sampleShape: [1],
    labels: Int32Array.from({ length: 60 }, (_, i) => i % 3),
    classNames: ['a', 'b', 'c'],
    fingerprint: 'labelled',
  });
  const gan = adder();
  // The class decides nearly all of a sample: fake and real ones of the same classes score alike.
  for await (const { metrics } of train(gan, labelled, { steps: 1, batchSize: 30, reportEvery: 1 })) {
    expect(Math.abs(metrics['score/real']! - metrics['score/fake']!)).toBeLessThan(1);
  }
  const bare = { ...labelled, batch: async () => ({ samples: tf.zeros([30, 1]) }) };
  const training = train(gan, bare, { steps: 1, batchSize: 30 });
  await expect(training.next()).rejects.toThrow('a model of 3 classes needs the label of each sample');
  gan.dispose();
});

test('a model may be trained in a way of its own, which options override', () => {
  const gan = adder({ training: { loss: 'wasserstein', discriminatorSteps: 5 } });
  for (const [given, steps] of [
    [{}, 5],
    [{ discriminatorSteps: 2 }, 2],
  ] as const) {
    const method = gan.trainingMethod(given, Random.fromSeed(0));
    expect(method.batchesPerStep).toBe(steps);
    method.dispose();
  }
  gan.dispose();
});

test('a discriminator that is told classes is also shown real samples with every other class, where it is asked to refuse them', async () => {
  const gan = adder();
  const told: number[][] = [];
  const judge = gan.judge.bind(gan);
  gan.judge = (samples, options) => {
    told.push([...options!.labels!.dataSync()]);
    return judge(samples, options);
  };
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const data = inMemoryDataset({ values: new Float32Array(60), sampleShape: [1], labels, fingerprint: 'zeros' });
  for await (const { metrics } of train(gan, data, { steps: 1, batchSize: 60, mismatch: 0.5 })) {
    expect(metrics['loss/mismatch']).toBeGreaterThan(0);
  }
  const [real, fake, wrong] = told as [number[], number[], number[]];
  expect(fake).toEqual(real);
  expect(wrong.filter((label, row) => label === real[row])).toEqual([]);
  expect(new Set(wrong.map((label, row) => (label - real[row]! + 3) % 3))).toEqual(new Set([1, 2]));
  gan.dispose();
});

test('nobody can be asked to refuse wrong classes who is told none', async () => {
  const gan = adder({}, { classes: 0 });
  const data = inMemoryDataset({ values: new Float32Array(4), sampleShape: [1], fingerprint: 'zeros' });
  const training = train(gan, data, { steps: 1, batchSize: 2, mismatch: 0.5 });
  await expect(training.next()).rejects.toThrow("'mismatch'");
  gan.dispose();
});
