/**
 * Trains polygan's DCGAN on Fashion-MNIST as torch_dcgan.py trains PyTorch's, and writes samples of the same form.
 */
import { writeFile } from 'node:fs/promises';
import { train } from '@polygan/core';
import { type EngineName, useEngine } from '@polygan/core/node';
import { fashionMnist } from '@polygan/datasets/node';
import { dcgan } from '@polygan/image';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { formatNpy } from '../npy.js';

const { values: options } = parsedOptions({
  options: {
    out: { type: 'string' },
    steps: { type: 'string', default: '3000' },
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '0' },
    threads: { type: 'string', default: '2' },
    'ema-half-life': { type: 'string', default: '10000' },
    engine: { type: 'string', default: 'auto' },
  },
});
if (!options.out) throw new Error('polygan-dcgan: --out PATH is needed: the .npy file to write');

const [seed, count, steps] = [options.seed, options.count, options.steps].map(Number) as [number, number, number];
const { name: engine } = await useEngine(options.engine as EngineName | 'auto', { threads: Number(options.threads) });
const model = dcgan({ size: 28, channels: 1, width: 64, kernelSize: 4, seed });

const started = performance.now();
const settings = { steps, batchSize: 64, seed, reportEvery: 100, average: { halfLife: Number(options['ema-half-life']) } };
for await (const { step, metrics } of train(model, await fashionMnist(), settings)) {
  const losses = `D ${metrics['loss/discriminator']!.toFixed(3)}  G ${metrics['loss/generator']!.toFixed(3)}`;
  console.log(`step ${step}  ${losses}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
const seconds = (performance.now() - started) / 1000;

const samples = await model.sample(count, { seed: seed + 1 });
const pixels = Uint8Array.from(await samples.data(), (value) => Math.round((value + 1) * 127.5));
await writeFile(options.out, formatNpy({ shape: samples.shape, values: pixels }));
console.log(JSON.stringify({ ...options, engine, seconds: Number(seconds.toFixed(1)) }));
process.exit(0);
