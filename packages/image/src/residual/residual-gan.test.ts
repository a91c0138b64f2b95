import { OptionsError, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { residualGan } from '../index.js';
import { type ResidualWidths, residualPlan } from './residual-plan.js';

const made: { dispose(): void }[] = [];
function tiny(options = {}) {
  const gan = residualGan({ size: 16, channels: 1, width: 2, latentDimensions: 4, ...options });
  made.push(gan);
  return gan;
}
afterEach(() => {
  for (const thing of made.splice(0)) thing.dispose();
});

/** `8→16: 256` is a block that makes maps of 16 × 16 × 256. */
function rowsOf(size: number, width: number, widths: ResidualWidths) {
  const { generator, discriminator } = residualPlan(size, width, widths);
  return {
    generator: [generator, ...generator.blocks].map(({ side, filters }) => `${side}×${side}×${filters}`),
    discriminator: discriminator.map(({ halves, filters }) => `${halves ? 'down ' : ''}${filters}`),
  };
}

describe('the blocks are those of 1802.05957', () => {
  test.each([
    [32, 128, 'even', ['4×4×256', '8×8×256', '16×16×256', '32×32×256'], ['down 128', 'down 128', '128', '128']],
    [
      48,
      64,
      'doubling',
      ['6×6×512', '12×12×256', '24×24×128', '48×48×64'],
      ['down 64', 'down 128', 'down 256', 'down 512', '1024'],
    ],
    [
      128,
      64,
      'doubling',
      ['4×4×1024', '8×8×1024', '16×16×512', '32×32×256', '64×64×128', '128×128×64'],
      ['down 64', 'down 128', 'down 256', 'down 512', 'down 1024', '1024'],
    ],
    [28, 16, 'doubling', ['7×7×64', '14×14×32', '28×28×16'], ['down 16', 'down 32', '64']],
  ] as const)('for pictures of %i pixels, width %i, %s', (size, width, widths, generator, discriminator) => {
    expect(rowsOf(size, width, widths)).toEqual({ generator, discriminator });
  });

  test('and have its parameters', () => {
    const gan = tiny({ size: 32, channels: 3, width: 8, widths: 'even', latentDimensions: 128 });
    const convolution = (kernel: number, from: number, to: number) => kernel * kernel * from * to + to;
    // Table 4 at a sixteenth of its width: dense, three blocks of two convolutions, a shortcut and two normalisations, then BN and a convolution.
    const doubling = 2 * convolution(3, 16, 16) + convolution(1, 16, 16) + 2 * 4 * 16;
    expect(gan.generator.countParams()).toBe(129 * 4 * 4 * 16 + 3 * doubling + 4 * 16 + convolution(3, 16, 3));
    const first = convolution(3, 3, 8) + convolution(3, 8, 8) + convolution(1, 3, 8);
    const second = 2 * convolution(3, 8, 8) + convolution(1, 8, 8);
    const trained = gan.discriminator.trainableWeights.reduce(
      (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
      0,
    );
    expect(trained).toBe(first + second + 2 * 2 * convolution(3, 8, 8) + 9);
  });
});

test.each([28, 32, 48])('makes and judges pictures of size %i, with and without classes', (size) => {
  for (const classes of [undefined, 3]) {
    const gan = tiny({ size, channels: 3, classes });
    tf.tidy(() => {
      const labels = classes ? tf.tensor1d([0, 2], 'int32') : undefined;
      const pictures = gan.generateInTraining(tf.randomNormal([2, 4], 0, 1, 'float32', 1), { labels });
      expect(pictures.shape).toEqual([2, size, size, 3]);
      const { score, features } = gan.judge(pictures, { labels });
      expect(score.shape).toEqual([2, 1]);
      expect(features.shape).toEqual([2, residualPlan(size, 2, 'doubling').discriminator.at(-1)!.filters]);
    });
  }
});

test('a class adds to the score what of the features lies along its direction (1802.05637, equation 3)', () => {
  const gan = tiny({ classes: 3 });
  tf.tidy(() => {
    const pictures = tf.randomNormal([2, 16, 16, 1], 0, 1, 'float32', 5);
    const told = (label: number) => {
      const inputs = [pictures, tf.cast(tf.oneHot(tf.tensor1d([label, label], 'int32'), 3), 'float32')];
      return gan.discriminator.predict(inputs) as tf.Tensor[];
    };
    const [before, after] = [told(0), told(2)] as [tf.Tensor[], tf.Tensor[]];
    const features = before[1]!.shape[1];
    const directions = gan.discriminator.layers.find(({ weights }) => String(weights[0]?.shape) === `3,${features}`)!;
    const [kernel, u] = directions.getWeights() as [tf.Tensor2D, tf.Tensor2D];
    // Spectral normalisation by its definition: one step of power iteration from u.
    const v = tf.matMul(kernel, u, false, true);
    const sigma = tf.norm(tf.matMul(v.div(tf.norm(v)), kernel, true));
    const apart = tf.sub(kernel.gather([2]), kernel.gather([0])).div(sigma) as tf.Tensor2D;
    const along = tf.matMul(before[1] as tf.Tensor2D, apart, false, true);
    expect(tf.max(tf.abs(tf.sub(along, tf.sub(after[0]!, before[0]!)))).dataSync()[0]).toBeLessThan(1e-5);
  });
});

describe('attention', () => {
  test('stands at the maps that were asked for, in both networks, and changes nothing at first', () => {
    const [plain, attending] = [tiny({ size: 32 }), tiny({ size: 32, attention: 16 })];
    for (const network of [attending.generator, attending.discriminator]) {
      const sums = network.layers.filter((layer) => layer.getClassName() === 'PolyganAttentionSum');
      expect(sums.map(({ outputShape }) => outputShape)).toEqual([[null, 16, 16, 1]]);
    }
    const points = tf.zeros<tf.Rank.R2>([1, 4]);
    tf.tidy(() => {
      expect(attending.generate(points).shape).toEqual(plain.generate(points).shape);
    });
    points.dispose();
  });

  test('refuses maps that one of the networks does not have', () => {
    expect(() => tiny({ size: 32, attention: 4 })).toThrow(
      new OptionsError(
        { where: 'residualGan', path: 'attention' },
        "'attention' must be the side of a map that both networks have, for pictures of 32 pixels 8, 16; got 4",
      ),
    );
  });
});

test('the generator is saved and loaded, attention and classes included', async () => {
  const gan = tiny({ classes: 2, attention: 8 });
  const points = tf.randomNormal<tf.Rank.R2>([2, 4], 0, 1, 'float32', 3);
  const labels = tf.tensor1d([1, 0], 'int32');
  let saved: tf.io.ModelArtifacts = {};
  await gan.averagedGenerator.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined }));
      saved.weightData = artifacts.weightData as ArrayBuffer;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const loaded = await tf.loadLayersModel({ load: async () => saved });
  tf.tidy(() => {
    const again = loaded.predict([points, tf.cast(tf.oneHot(labels, 2), 'float32')]) as tf.Tensor;
    expect(again.dataSync()).toEqual(gan.generate(points, labels).dataSync());
  });
  tf.dispose([points, labels]);
  loaded.dispose();
});

test.each([{}, { classes: 2, attention: 8 }])('trains with %j', async (model) => {
  const random = Random.fromSeed('pictures');
  const real = async function* () {
    for (;;) {
      const samples = random.uniformTensor<tf.Rank.R4>([4, 16, 16, 1], -1, 1);
      yield { samples, labels: tf.tensor1d([0, 1, 0, 1], 'int32') };
    }
  };
  const gan = tiny(model);
  const before = gan.generator.getWeights().map((weight) => weight.dataSync());
  for await (const { metrics } of train(gan, real(), { steps: 3, batchSize: 4, reportEvery: 1 }))
    expect(metrics['loss/discriminator']).toEqual(expect.any(Number));
  // Every weight has moved: none is left out of the graph.
  for (const [i, weight] of gan.generator.getWeights().entries()) expect([i, weight.dataSync()]).not.toEqual([i, before[i]]);
});
