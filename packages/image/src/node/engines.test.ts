import { type GanOptions, inMemoryDataset, Random, train } from '@polygan/core';
import { type EngineName, inspectEngines, useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DcganOptions, dcgan, residualGan } from '../index.js';

interface Training {
  readonly make?: typeof residualGan;
  readonly model?: DcganOptions;
  readonly options: GanOptions;
}

/** Rates at which the losses change well within five steps, so that a wrong gradient would show. */
const fast = { discriminatorOptimizer: { learningRate: 0.005 }, generatorOptimizer: { learningRate: 0.005 } };

/** Methods whose discriminator learns from a second-order gradient, and networks of all kinds of layers. */
const TRAININGS: Readonly<Record<string, Training>> = {
  'WGAN-GP': {
    model: { discriminatorNorm: 'none' },
    options: { loss: 'wasserstein', penalty: { kind: 'wgan-gp' }, ...fast },
  },
  R1: { options: { penalty: { kind: 'r1' }, ...fast } },
  'residual networks': {
    make: (options) => residualGan({ ...options, attention: 8 }),
    options: { penalty: { kind: 'lecam' }, ...fast },
  },
};

/** What a GAN's losses and penalty are in each of its first five steps. */
async function losses(engine: EngineName, { make = dcgan, model, options }: Training): Promise<number[]> {
  await useEngine(engine);
  const values = Random.fromSeed(3).fillUniform(new Float32Array(32 * 16 * 16), -1, 1);
  const data = inMemoryDataset({ values, sampleShape: [16, 16, 1], fingerprint: 'made up' });
  const gan = make({ size: 16, channels: 1, width: 4, latentDimensions: 8, ...model });
  const found: number[] = [];
  for await (const { metrics } of train(gan, data, { steps: 5, batchSize: 8, reportEvery: 1, ...options }))
    found.push(metrics['loss/discriminator']!, metrics.penalty!, metrics['loss/generator']!);
  gan.dispose();
  return found;
}

// In its test mode TensorFlow.js takes what custom gradients keep for leaks, on engines that copy it; production mode is as quiet.
tf.env().set('IS_TEST', false);
tf.enableProdMode();

/** Those of npm alone, and what is installed beside them. */
const works = (await inspectEngines({ seconds: 0 })).filter((engine) => engine.works).map(({ name }) => name);
const engines = new Set<EngineName>(['wasm', 'onnx', ...works.filter((name) => name === 'tensorflow' || name === 'webgpu')]);

describe.each(Object.entries(TRAININGS))('the first steps of a GAN with %s', (_name, training) => {
  let onCpu: number[];
  beforeAll(async () => {
    onCpu = await losses('cpu', training);
  });

  test.each([...engines])('lose on %s what they lose on cpu', async (engine) => {
    const found = await losses(engine, training);
    for (const [index, value] of found.entries()) {
      const expected = onCpu[index]!;
      expect(Math.abs(value - expected) / Math.max(1, Math.abs(expected)), `figure ${index}`).toBeLessThan(1e-4);
    }
  });

  test('change the losses', () => {
    expect(Math.abs(onCpu.at(-3)! - onCpu[0]!)).toBeGreaterThan(0.05);
  });
});
