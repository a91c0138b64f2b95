import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type GanOptions, inMemoryDataset, type LoopOptions, Random, type StoredTensor, type TrainReport } from '@polygan/core';
import { loadModel, Run, RunError, resumeInRun, trainInRun, useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dcgan } from '../dcgan/dcgan.js';
import { pictureFiles } from './picture-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'polygan-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function pictures(fingerprint = 'made up') {
  const values = Random.fromSeed(0).fillUniform(new Float32Array(40 * 16 * 16), -1, 1);
  return inMemoryDataset({ values, sampleShape: [16, 16, 1], fingerprint });
}

const about = {
  modality: 'image',
  data: { source: 'made up', options: {}, fingerprint: 'made up', size: 40 },
  engine: 'cpu',
};
const recording = { files: pictureFiles(), previewEvery: 10, previewCount: 4, checkpointEvery: 10 };
// A lazy penalty, an adaptive augmentation, noise and an Adam of each network: everything that has a state of its own.
const options: LoopOptions & GanOptions = {
  batchSize: 8,
  reportEvery: 5,
  penalty: { kind: 'r1', every: 3 },
  noise: { instance: 0.1 },
  augment: { policy: ['translation'], probability: 'adaptive', over: 100 },
};

const gans: { dispose(): void }[] = [];
function newGan() {
  const gan = dcgan({ size: 16, channels: 1, width: 4, latentDimensions: 8 });
  gans.push(gan);
  return gan;
}
afterEach(() => {
  for (const gan of gans.splice(0)) gan.dispose();
});

async function trainFor(directory: string, steps: number): Promise<TrainReport[]> {
  const gan = newGan();
  const reports: TrainReport[] = [];
  for await (const report of trainInRun(directory, about, gan, pictures(), { ...options, steps }, recording))
    reports.push(report);
  return reports;
}

async function resumeUntil(directory: string, steps: number): Promise<TrainReport[]> {
  const gan = newGan();
  const reports: TrainReport[] = [];
  const run = await Run.open(directory);
  for await (const report of resumeInRun(run, gan, pictures(), { steps }, recording)) reports.push(report);
  return reports;
}

type Tensors = Readonly<Record<string, StoredTensor>>;

async function lastTensors(directory: string): Promise<Tensors> {
  const { checkpoints } = await Run.open(directory);
  return (await checkpoints.load((await checkpoints.steps()).at(-1)!)).tensors;
}

/** The names of the tensors that differ in any bit. */
function differences(a: Tensors, b: Tensors): string[] {
  const same = (x?: StoredTensor, y?: StoredTensor) => x && y && Buffer.compare(bytes(x), bytes(y)) === 0;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !same(a[name], b[name]));
}

function bytes({ values }: StoredTensor): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

describe.each(['cpu', 'onnx'] as const)('on the engine %s', (engine) => {
  beforeEach(async () => {
    await useEngine(engine);
  });
  // The guard against leaks counts on the backend that was set before.
  afterEach(() => tf.setBackend('cpu'));

  test('20 steps, or 10 and 10 more in another session: the same bits', async () => {
    const [whole, halves] = [path.join(folder, 'whole'), path.join(folder, 'halves')];
    await trainFor(whole, 20);
    await trainFor(halves, 10);
    expect((await resumeUntil(halves, 20)).map(({ step }) => step)).toEqual([15, 20]);

    expect(differences(await lastTensors(halves), await lastTensors(whole))).toEqual([]);
    const preview = path.join('samples', '00000020.png');
    expect(await readFile(path.join(halves, preview))).toEqual(await readFile(path.join(whole, preview)));
  });
});

test('leaves everything in the folder', async () => {
  const directory = path.join(folder, 'run');
  const reports = await trainFor(directory, 20);
  expect((await readdir(directory)).sort()).toEqual([
    'checkpoints',
    'metrics.jsonl',
    'model',
    'report.html',
    'run.json',
    'samples',
  ]);
  const run = await Run.open(directory);
  expect(run.record).toMatchObject({
    model: { kind: 'dcgan', options: { size: 16 } },
    training: { steps: 20, penalty: { every: 3 } },
  });
  expect(await run.metrics.read()).toEqual(JSON.parse(JSON.stringify(reports)));
  expect((await readdir(run.samplesDirectory)).sort()).toEqual(['00000010.png', '00000020.png']);

  const generator = await loadModel(run.modelDirectory);
  const stored = await lastTensors(directory);
  expect(Array.from(await generator.weights[0]!.read().data())).toEqual(
    Array.from(stored['network-averagedGenerator/0']!.values),
  );
  generator.dispose();
});

test('a training that was left goes on where it was left', async () => {
  const directory = path.join(folder, 'run');
  const gan = newGan();
  for await (const { step } of trainInRun(directory, about, gan, pictures(), { ...options, steps: 1000 }, recording))
    if (step === 5) break;
  expect((await resumeUntil(directory, 15)).map(({ step }) => step)).toEqual([10, 15]);
  expect((await Run.open(directory)).record.training.steps).toBe(15);
});

test('an aborted training is stored at the step it had reached', async () => {
  const directory = path.join(folder, 'run');
  const gan = newGan();
  const controller = new AbortController();
  const data = pictures();
  let asked = 0;
  const aborting = {
    ...data,
    batch(indices: readonly number[]) {
      asked += 1;
      if (asked === 8) controller.abort();
      return data.batch(indices);
    },
  };
  const loop = async () => {
    const session = { ...options, steps: 1000, reportEvery: 500, signal: controller.signal };
    for await (const _ of trainInRun(directory, about, gan, aborting, session, recording));
  };
  await expect(loop()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(await (await Run.open(directory)).checkpoints.steps()).toEqual([7]);
});

test('keeps the last checkpoints and the best', async () => {
  const directory = path.join(folder, 'run');
  const gan = newGan();
  const scores = [3, 1, 2, 4, 5];
  const session = {
    ...recording,
    checkpointEvery: 5,
    keep: 1,
    evaluate: async () => ({ 'score/made up': scores.shift()! }),
    best: { metric: 'score/made up', goal: 'lowest' as const },
  };
  for await (const _ of trainInRun(directory, about, gan, pictures(), { ...options, steps: 25 }, session));
  const run = await Run.open(directory);
  expect(await run.checkpoints.steps()).toEqual([10, 25]);
  expect(await run.checkpoints.best()).toEqual({ step: 10, metric: 'score/made up', value: 1 });
  expect(await readdir(run.modelDirectory)).toContain('weights-10.bin');
});

test.each([
  ['worse', [3, 1, 2, 4, 5], [25]],
  ['no more than a rounding worse', [3, 1, 1.001, 1.001, 1.001], []],
  ['better', [5, 4, 3, 2, 1], []],
])('warns once when what decides on the best has been %s ever since', async (_, scores, warned) => {
  const gan = newGan();
  const session = {
    ...recording,
    checkpointEvery: 5,
    evaluate: async () => ({ 'score/made up': scores.shift()! }),
    best: { metric: 'score/made up', goal: 'lowest' as const },
  };
  const steps: number[] = [];
  for await (const { step, warnings } of trainInRun(
    path.join(folder, 'run'),
    about,
    gan,
    pictures(),
    { ...options, steps: 25 },
    session,
  ))
    if (warnings.some(({ cause }) => cause === 'overfitting')) steps.push(step);
  expect(steps).toEqual(warned);
});

test('refuses a folder with something in it, a folder without a run, and data that have changed', async () => {
  const directory = path.join(folder, 'run');
  await trainFor(directory, 5);
  await expect(trainFor(directory, 5)).rejects.toThrow(RunError);
  await expect(Run.open(folder)).rejects.toThrow(/is no run/);
  const gan = newGan();
  const run = await Run.open(directory);
  await expect(resumeInRun(run, gan, pictures('other'), { steps: 10 }, recording).next()).rejects.toThrow(/have changed/);
});
