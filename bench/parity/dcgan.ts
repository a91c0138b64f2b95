/**
 * Does a DCGAN train here exactly as in PyTorch? Trains a small one for a few steps on an engine, has PyTorch repeat the same steps from the same weights,
 * latent points and pictures, and compares losses and weights.
 *
 *     parity/dcgan.ts --python PYTHON [--engine NAME]
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Batch, type Dataset, inMemoryDataset, Random, train } from '@polygan/core';
import { type EngineName, useEngine } from '@polygan/core/node';
import { dcgan } from '@polygan/image';
import type * as tf from '@tensorflow/tfjs';
import { parsedOptions } from '../../tooling/parsed-options.mjs';

const TORCH_SIDE = fileURLToPath(new URL('./torch_dcgan_steps.py', import.meta.url));
const SIZE = 28;
const WIDTH = 8;
const BATCH = 8;

const { values: options } = parsedOptions({
  options: { python: { type: 'string' }, engine: { type: 'string', default: 'auto' }, steps: { type: 'string', default: '6' } },
});
if (!options.python) throw new Error('parity: --python PATH is needed: a Python that has torch');

const { name: engine } = await useEngine(options.engine as EngineName | 'auto');
const model = dcgan({ size: SIZE, channels: 1, width: WIDTH });
const before = { generator: await weightsOf(model.generator), discriminator: await weightsOf(model.discriminator) };

// What the training drew, so that PyTorch can take the same.
const latents: number[][] = [];
const reals: number[][] = [];
const { latent } = model;
Object.defineProperty(model, 'latent', {
  value: {
    ...latent,
    sample(...given: Parameters<typeof latent.sample>) {
      const points = latent.sample(...given);
      latents.push([...points.dataSync()]);
      return points;
    },
  },
});
const pictures = Random.fromSeed(5).fillUniform(new Float32Array(40 * SIZE * SIZE), -1, 1);
const noise = inMemoryDataset({ values: pictures, sampleShape: [SIZE, SIZE, 1], fingerprint: 'noise' });
const data: Dataset<Batch> = {
  ...noise,
  async batch(indices) {
    const batch = await noise.batch(indices);
    reals.push([...(await batch.samples.data())]);
    return batch;
  },
};

const losses: { discriminator: number; generator: number }[] = [];
for await (const { metrics } of train(model, data, { steps: Number(options.steps), batchSize: BATCH, reportEvery: 1 })) {
  losses.push({ discriminator: metrics['loss/discriminator']!, generator: metrics['loss/generator']! });
}
const after = { generator: await weightsOf(model.generator), discriminator: await weightsOf(model.discriminator) };

const directory = await mkdtemp(path.join(os.tmpdir(), 'parity-'));
const file = path.join(directory, 'training.json');
await writeFile(file, JSON.stringify({ size: SIZE, width: WIDTH, before, after, latents, reals, losses }));
console.log(`DCGAN ${SIZE}×${SIZE}, engine ${engine}`);
console.log(execFileSync(options.python, [TORCH_SIDE, file], { encoding: 'utf8' }));
await rm(directory, { recursive: true });
process.exit(0);

/** The trained weights in the order of the layers. */
async function weightsOf(network: tf.LayersModel) {
  return Promise.all(
    network.trainableWeights.map(async (weight) => ({ shape: weight.shape, values: [...(await weight.read().data())] })),
  );
}
