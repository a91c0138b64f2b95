/**
 * How much of Fashion-MNIST a GAN's discriminator has learnt without any label: linear SVMs of its features, of those of an untrained one of the same build,
 * and of the pixels (1511.06434, section 5.1); see the README beside package.json.
 */
import { type FeatureMatrix, partOfState, Random, restoreNetwork } from '@polygan/core';
import { Run, useEngine } from '@polygan/core/node';
import { fashionMnistSamples } from '@polygan/datasets/node';
import { dcgan, layerFeatures, linearSvm, residualGan } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { markdownTable } from '../markdown-table.js';
import { bytesToRange } from './samples.js';

const COSTS = [0.1, 1, 10, 100];
const MODELS = { dcgan, residualGan };

const { values: options, positionals } = parsedOptions({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '5000' },
    passes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
  },
});
const [source] = positionals;
if (!source)
  throw new Error('discriminator-features: name a run of a DCGAN or residual GAN on Fashion-MNIST, trained without classes');
const [count, passes, seed] = [options.count, options.passes, options.seed].map(Number) as [number, number, number];
await useEngine('auto', { threads: Number(options.threads) });

const run = await Run.open(source);
const { kind, options: built } = run.record.model;
const model = MODELS[kind as keyof typeof MODELS](built);
const step = (await run.checkpoints.steps()).at(-1)!;

const sides = { train: await pictures('train'), test: await pictures('test') };
const rows = [row('pixels', sides.train.samples, sides.test.samples)];
rows.push(row('discriminator, untrained', await looked('train'), await looked('test')));
const stored = partOfState(await run.checkpoints.load(step), 'network-discriminator').tensors;
restoreNetwork('discriminator', model.discriminator, stored);
rows.push(row(`discriminator after ${step} steps`, await looked('train'), await looked('test')));
console.log(markdownTable(['features', 'numbers', 'C', 'test pictures named rightly'], rows));
process.exit(0);

/** Some pictures of a split, with their labels. */
async function pictures(split: 'train' | 'test'): Promise<{ samples: FeatureMatrix; labels: Int32Array; sampleShape: number[] }> {
  const { values, labels, sampleShape } = await fashionMnistSamples({ split });
  const columns = sampleShape.reduce((product, side) => product * side, 1);
  const chosen = Random.fromSeed(seed)
    .permutation(values.length / columns)
    .subarray(0, count);
  const pixels = new Float32Array(chosen.length * columns);
  chosen.forEach((index, i) => {
    pixels.set(bytesToRange(values.subarray(index * columns, (index + 1) * columns)), i * columns);
  });
  return {
    samples: { values: pixels, rows: chosen.length, columns },
    labels: Int32Array.from(chosen, (index) => labels![index]!),
    sampleShape: [...sampleShape],
  };
}

/** What the discriminator, as it is now, sees in the pictures of a split. */
async function looked(split: 'train' | 'test'): Promise<FeatureMatrix> {
  const { samples, sampleShape } = sides[split];
  const tensor = tf.tensor(samples.values as Float32Array, [samples.rows, ...sampleShape]);
  const features = await layerFeatures(model.discriminator, tensor);
  tensor.dispose();
  return features;
}

/** A line of the table. The cost is the one that does best on a fifth of the training pictures, when the rest is learnt from. */
function row(name: string, train: FeatureMatrix, test: FeatureMatrix): string[] {
  const { labels } = sides.train;
  const kept = Math.floor(0.8 * train.rows);
  const trial = COSTS.map((cost) => {
    const svm = linearSvm(part(train, 0, kept), labels.subarray(0, kept), { cost, passes, seed });
    return right(svm.classify(part(train, kept, train.rows)), labels.subarray(kept));
  });
  const cost = COSTS[trial.indexOf(Math.max(...trial))]!;
  const svm = linearSvm(train, labels, { cost, passes, seed });
  return [name, `${train.columns}`, `${cost}`, right(svm.classify(test), sides.test.labels).toFixed(3)];
}

function part({ values, columns }: FeatureMatrix, from: number, to: number): FeatureMatrix {
  return { values: values.subarray(from * columns, to * columns), rows: to - from, columns };
}

/** The share of answers that are as they should be. */
function right(answers: ArrayLike<number>, labels: ArrayLike<number>): number {
  return Array.from(answers).filter((answer, i) => answer === labels[i]).length / answers.length;
}
