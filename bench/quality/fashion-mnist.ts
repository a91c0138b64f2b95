/**
 * Scores samples against Fashion-MNIST in the features of the classifier that ships with @polygan/datasets; see the README beside package.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  densityCoverage,
  featuresOf,
  frechetDistance,
  inceptionScore,
  kernelDistance,
  precisionRecall,
  Random,
  type SampleFeatures,
} from '@polygan/core';
import { type EngineName, useEngine } from '@polygan/core/node';
import { fashionMnistSamples, featureNetwork } from '@polygan/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';
import { bytesToRange, readSamples } from './samples.js';

const { values: options, positionals } = parsedOptions({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '0' },
    engine: { type: 'string', default: 'auto' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'results', 'fashion-mnist') },
  },
});
const count = Number(options.count);
const seed = Number(options.seed);
const entries = positionals.map((argument) => {
  const [, name, source] = /^([^=]+)=(.+)$/.exec(argument) ?? [];
  if (!name || !source) throw new Error(`expected NAME=PATH, got '${argument}'`);
  return { name, source };
});

const { name: engine } = await useEngine(options.engine as EngineName | 'auto');
const network = await featureNetwork('fashion-mnist');
const training = await featuresOfSplit('train');
const scores = [await score('real test pictures', await featuresOfSplit('test'))];
for (const { name, source } of entries)
  scores.push(await score(name, await featuresAndDispose(await readSamples(source, count, seed))));

const machine = describeMachine();
const report = [
  '# DCGAN on Fashion-MNIST',
  `${count} samples a row against ${count} training pictures; features of the classifier of @polygan/datasets; seed ${seed}; engine ${engine}. ${machineLine(machine)}`,
  markdownTable(
    ['samples', 'Fréchet', 'kernel ×1000', 'precision', 'recall', 'density', 'coverage', 'inception'],
    scores.map(({ name, frechet, kernel, precisionAndRecall, densityAndCoverage, inception }) => [
      name,
      frechet.value.toFixed(3),
      `${(1000 * kernel.value).toFixed(3)} ± ${(1000 * kernel.deviation).toFixed(3)}`,
      precisionAndRecall.precision.toFixed(3),
      precisionAndRecall.recall.toFixed(3),
      densityAndCoverage.density.toFixed(3),
      densityAndCoverage.coverage.toFixed(3),
      `${inception.value.toFixed(3)} ± ${inception.deviation.toFixed(3)}`,
    ]),
  ),
].join('\n\n');
await mkdir(path.dirname(options.out), { recursive: true });
await writeFile(`${options.out}.md`, `${report}\n`);
await writeFile(`${options.out}.json`, `${JSON.stringify({ machine, engine, count, seed, scores }, null, 2)}\n`);
console.log(report);
process.exit(0);

async function score(name: string, { features, probabilities }: SampleFeatures) {
  return {
    name,
    frechet: frechetDistance(training.features, features),
    kernel: await kernelDistance(training.features, features, { seed }),
    precisionAndRecall: await precisionRecall(training.features, features),
    densityAndCoverage: await densityCoverage(training.features, features),
    inception: inceptionScore(probabilities),
  };
}

async function featuresOfSplit(split: 'train' | 'test'): Promise<SampleFeatures> {
  const { values, sampleShape } = await fashionMnistSamples({ split });
  const [height, width, channels] = sampleShape as [number, number, number];
  const size = height * width * channels;
  // The same random choice for every row of the table.
  const chosen = Random.fromSeed(seed)
    .permutation(values.length / size)
    .subarray(0, count);
  const pixels = new Float32Array(count * size);
  chosen.forEach((index, position) => {
    pixels.set(bytesToRange(values.subarray(index * size, (index + 1) * size)), position * size);
  });
  return featuresAndDispose(tf.tensor4d(pixels, [count, height, width, channels]));
}

async function featuresAndDispose(samples: tf.Tensor): Promise<SampleFeatures> {
  const features = await featuresOf(network, samples);
  samples.dispose();
  return features;
}
