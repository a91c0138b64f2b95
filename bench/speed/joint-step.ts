/**
 * Times a training step of several forms together against the steps of the same networks, each in a GAN of its own; see the README beside package.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { waveGanParts } from '@polygan/audio';
import { type Batch, type Dataset, Gan, type GanParts, inMemoryDataset, type Trainable, train } from '@polygan/core';
import { type EngineName, useEngine } from '@polygan/core/node';
import { digitTriples } from '@polygan/datasets/node';
import { dcganParts } from '@polygan/image';
import { coupledGan, jointDataset, multimodalGan } from '@polygan/multimodal';
import { latentTextParts, learnTokenizer } from '@polygan/text';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';

const { values: options } = parseArgs({
  options: {
    engine: { type: 'string', default: 'onnx' },
    threads: { type: 'string', default: `${os.availableParallelism()}` },
    batch: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '10' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'results', 'joint-step') },
  },
});
const [batchSize, rounds, threads] = [options.batch, options.rounds, options.threads].map(Number) as [number, number, number];
/** Steps of each side in a round; the losses of the last are read. */
const STEPS = 4;
/** Latent dimensions that each form has for itself in a multimodal GAN. */
const OWN = { image: 32, audio: 16, text: 8 };

await useEngine(options.engine as EngineName, { threads });
const digits = await digitTriples({ split: 'train', count: 40 * batchSize });
const tokenizer = learnTokenizer(digits.texts, { tokens: 'word' });
const length = Math.max(...digits.texts.map((text) => tokenizer.encode(text).length));

/** The networks of `polygan train multimodal --data digits`, but for the size of pictures. @param own latent dimensions beside the shared ones */
function partsOf(shared: number, own: typeof OWN) {
  const { width, ...sound } = { length: 8192, sampleRate: 8000, width: 16, latent: 'normal' } as const;
  return {
    image: {
      ...dcganParts({ size: 28, channels: 1, width, discriminatorNorm: 'spectral', latentDimensions: shared + own.image }),
      training: { loss: 'hinge' } as const,
    },
    audio: waveGanParts({ ...sound, width, latentDimensions: shared + own.audio }),
    text: latentTextParts({ tokenizer, length, latentDimensions: shared + own.text }),
  };
}

const texts = partsOf(32, OWN).text.modality;
const forms: Readonly<Record<keyof typeof OWN, { readonly dataset: Dataset<Batch>; readonly indices?: ArrayLike<number> }>> = {
  image: { dataset: inMemoryDataset(digits.image.samples), indices: digits.image.indices },
  audio: { dataset: inMemoryDataset(digits.audio.samples), indices: digits.audio.indices },
  text: {
    dataset: {
      size: digits.size,
      fingerprint: digits.fingerprint,
      batch: async (indices) => ({ samples: texts.encode(indices.map((index) => digits.texts[index]!)) }),
    },
  },
};

/** What is timed: more steps of one training. */
type Advance = () => Promise<unknown>;

function steps<B, MethodOptions>(model: Trainable<B, MethodOptions>, data: Dataset<B>, given: object): Advance {
  const loop = { ...given, batchSize, steps: Number.MAX_SAFE_INTEGER, reportEvery: STEPS };
  const training = train(model as Trainable<never, object>, data as Dataset<never>, loop);
  return () => training.next();
}

/** A form in a GAN of its own, with one update of the discriminator a step, as there is in a joint one. */
function alone(parts: GanParts<never>, name: keyof typeof forms): Advance {
  return steps(new Gan(parts), forms[name].dataset, { discriminatorSteps: 1 });
}

const joint = jointDataset({ parts: forms });
const own = partsOf(32, OWN);
const sides: Readonly<Record<string, Advance>> = {
  image: alone(own.image as GanParts<never>, 'image'),
  audio: alone(own.audio as GanParts<never>, 'audio'),
  text: alone(own.text as GanParts<never>, 'text'),
  multimodalGan: steps(multimodalGan({ modalities: partsOf(32, OWN) }), joint, { reading: { steps: 1 } }),
  coupledGan: steps(coupledGan({ modalities: partsOf(64, { image: 0, audio: 0, text: 0 }), latentDimensions: 64 }), joint, {}),
};

// Twice, or what is compiled once and then kept would be counted.
for (let warming = 0; warming < 2; warming++) for (const advance of Object.values(sides)) await advance();
const times: Record<string, number[]> = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, advance] of Object.entries(sides)) {
    const before = performance.now();
    await advance();
    times[name]!.push((performance.now() - before) / STEPS);
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const SINGLE = Object.keys(OWN);
const figures = (of: (values: readonly number[]) => number) => {
  const each = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, of(values)]));
  const sum = SINGLE.reduce((total, name) => total + each[name]!, 0);
  return { ...each, sum };
};
const [medians, minima] = [figures(median), figures((values) => Math.min(...values))] as Record<string, number>[];
const rows = [...SINGLE, 'sum', 'multimodalGan', 'coupledGan'].map((name) => {
  const ratio = (all: Record<string, number>) => (SINGLE.includes(name) ? '-' : (all[name]! / all.sum!).toFixed(2));
  return [name, medians![name]!.toFixed(0), minima![name]!.toFixed(0), ratio(medians!), ratio(minima!)];
});
const machine = describeMachine();
const report = [
  '# A step of several forms',
  `${machineLine(machine)} Engine ${options.engine}, ${threads} threads, batches of ${batchSize}, ${rounds} rounds of ${STEPS} steps in alternation.`,
  'Milliseconds a training step of digits as picture, sound and words; ratio: over the sum of what the same networks take, each in a GAN of its own.',
  markdownTable(['step of', 'median ms', 'min ms', 'ratio', 'min ratio'], rows),
].join('\n\n');
await mkdir(path.dirname(options.out), { recursive: true });
await writeFile(`${options.out}.md`, `${report}\n`);
await writeFile(`${options.out}.json`, `${JSON.stringify({ machine, batchSize, threads, rounds, times }, null, 2)}\n`);
console.log(report);
process.exit(0);
