import { OptionsError, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { dcgan, PAPER_DCGAN } from './dcgan.js';
import { DCGAN_SIZES } from './dcgan-layers.js';

const made: { dispose(): void }[] = [];
function tiny(options = {}) {
  const gan = dcgan({ size: 16, channels: 1, width: 4, latentDimensions: 8, ...options });
  made.push(gan);
  return gan;
}
afterEach(() => {
  for (const thing of made.splice(0)) thing.dispose();
});

describe('the networks', () => {
  test.each(DCGAN_SIZES.filter((size) => size <= 64))('make and judge pictures of size %i', (size) => {
    const gan = tiny({ size, channels: 3, width: 2 });
    tf.tidy(() => {
      const pictures = gan.generate(tf.zeros([2, 8]));
      expect(pictures.shape).toEqual([2, size, size, 3]);
      const { score, features } = gan.judge(pictures);
      expect(score.shape).toEqual([2, 1]);
      expect(features.rank).toBe(2);
    });
  });

  test("are the paper's where asked for", () => {
    const gan = dcgan(PAPER_DCGAN);
    made.push(gan);
    // Figure 1 of 1511.06434: 100 → 4×4×1024 → 8×8×512 → 16×16×256 → 32×32×128 → 64×64×3.
    const maps = gan.generator.layers.map((layer) => layer.outputShape).filter((shape) => shape.length === 4);
    const distinct = [...new Set(maps.map((shape) => shape.slice(1).join('×')))];
    expect(distinct).toEqual(['4×4×1024', '8×8×512', '16×16×256', '32×32×128', '64×64×3']);
    expect(gan.generator.countParams()).toBe(
      100 * 16384 + 4 * 1024 + 25 * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 3) + 4 * (512 + 256 + 128),
    );
  });

  test('start from N(0, 0.02), the same for the same seed', async () => {
    const kernel = (seed: number) => tiny({ width: 32, seed }).discriminator.layers[3]!.getWeights()[0]!;
    const values = Array.from(await kernel(1).data());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(0, 3);
    expect(deviation).toBeCloseTo(0.02, 3);
    expect(Array.from(await kernel(1).data())).toEqual(values);
    expect(Array.from(await kernel(2).data())).not.toEqual(values);
  });
});

test('a class adds to the score what of the last map, summed, lies along its direction (1802.05637, equation 3)', () => {
  const gan = tiny({ classes: 3, seed: 1 });
  tf.tidy(() => {
    const pictures = tf.randomNormal([2, 16, 16, 1], 0, 1, 'float32', 5);
    const told = (label: number) => gan.judge(pictures, { labels: tf.tensor1d([label, label], 'int32') });
    const directions = gan.discriminator.weights.find(({ shape }) => shape[0] === 3)!.read() as tf.Tensor2D;
    const map = tf.sum(told(0).features.reshape([2, 4 * 4, 8]), 1);
    const along = tf.matMul(map, tf.sub(directions.gather([2]), directions.gather([0])), false, true);
    const difference = tf.sub(told(2).score, told(0).score);
    expect(tf.max(tf.abs(tf.sub(along, difference))).dataSync()[0]).toBeLessThan(1e-6);
    expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeGreaterThan(1e-4);
  });
});

test('refuses sizes that its layers cannot make, and options it does not know', () => {
  expect(() => dcgan({ size: 30 })).toThrow(OptionsError);
  expect(() => dcgan({ witdh: 32 } as object)).toThrow("unknown option 'witdh'; did you mean 'width'?");
});

test('samples are the same for the same seed', async () => {
  const gan = tiny();
  const few = await gan.sample(3, { seed: 'a' });
  const many = await gan.sample(70, { seed: 'a' });
  const others = await gan.sample(3, { seed: 'b' });
  expect(many.shape).toEqual([70, 16, 16, 1]);
  expect(await few.data()).not.toEqual(await others.data());
  const [a, b] = [await few.array(), await many.array()] as [number[][][][], number[][][][]];
  // A batch of another size may be rounded otherwise in the last bits.
  const first = b.slice(0, 3).flat(3);
  expect(Math.max(...a.flat(3).map((value, i) => Math.abs(value - first[i]!)))).toBeLessThan(1e-5);
  tf.dispose([few, many, others]);
});

/** Options of training, and of the model where they differ. */
type Variant = Record<string, unknown> & { model?: object };

describe('training', () => {
  const random = Random.fromSeed('pictures');
  const real = async function* () {
    for (;;) yield { samples: random.uniformTensor<tf.Rank.R4>([4, 16, 16, 1], -1, 1) };
  };
  // Penalties of gradients want a discriminator that sees each sample for itself.
  const unmixed = { discriminatorNorm: 'none' };
  const variants: Variant[] = [
    ...[
      'minimax',
      'nonSaturating',
      'leastSquares',
      'hinge',
      'wasserstein',
      'relativistic',
      'relativisticAverage',
      'logistic',
    ].map((loss) => ({
      loss,
    })),
    ...['wgan-gp', 'dragan', 'r1', 'r2'].map((kind) => ({ penalty: { kind }, model: unmixed })),
    ...['lecam', 'clip'].map((kind) => ({ penalty: { kind } })),
    { loss: 'hinge', model: { discriminatorNorm: 'spectral' } },
    { loss: 'wasserstein', penalty: { kind: 'wgan-gp' }, discriminatorSteps: 3, model: unmixed },
    { penalty: { kind: 'r1', every: 2 }, model: unmixed },
    { noise: { instance: { from: 0.1, to: 0, over: 100 }, labelSmoothing: 0.1, labelFlipping: 0.1, latent: 0.1 } },
    { featureMatching: 1 },
    { augment: { policy: ['colour', 'translation', 'cutout'] } },
    { generatorOptimizer: { kind: 'rmsprop', clipNorm: 1 }, discriminatorOptimizer: { kind: 'sgd', clipValue: 0.1 } },
    { average: { halfLife: 0 } },
  ];

  test('refuses noise on labels where the loss has none', () => {
    const gan = tiny();
    const options = { loss: 'wasserstein', noise: { labelSmoothing: 0.1 } } as const;
    expect(() => gan.trainingMethod(options, random)).toThrow(OptionsError);
  });

  test('refuses the Wasserstein gradient penalty behind batch normalisation, and says what to do', () => {
    const gan = tiny();
    expect(() => gan.trainingMethod({ penalty: { kind: 'wgan-gp' } }, random)).toThrow("discriminatorNorm: 'none'");
  });

  test.each(variants)('runs with %j', async ({ model, ...options }) => {
    const gan = tiny(model);
    const before = await gan.generator.getWeights()[0]!.data();
    for await (const { metrics } of train(gan, real(), { steps: 4, batchSize: 4, reportEvery: 2, ...(options as object) })) {
      expect(metrics).toMatchObject({ 'loss/discriminator': expect.any(Number), diversity: expect.any(Number) });
    }
    expect(await gan.generator.getWeights()[0]!.data()).not.toEqual(before);
  });
});
