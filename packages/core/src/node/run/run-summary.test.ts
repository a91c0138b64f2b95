import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrainReport } from '../../training/report.js';
import { saveScores } from '../report/scores.js';
import { writeComparison } from '../report/write-comparison.js';
import { differingOptions } from './differing-options.js';
import { Run } from './run.js';
import { summarizeRun } from './run-summary.js';
import { askSession, inSession } from './session.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-summary-'));
});
afterEach(() => rm(folder, { recursive: true }));

const created = (name: string, training = {}) =>
  Run.create(path.join(folder, name), {
    modality: 'image',
    model: { kind: 'dcgan', options: { width: 8 } },
    training,
    data: { source: '/pictures/flowers', options: {}, fingerprint: 'f', size: 10 },
    engine: 'cpu',
  });
const report = (step: number, more: Partial<TrainReport> = {}): TrainReport => ({
  step,
  samplesSeen: step * 4,
  metrics: { 'loss/generator': 1 / step },
  stepsPerSecond: 1,
  samplesPerSecond: 4,
  seconds: step,
  progress: 0.5,
  secondsLeft: 10,
  warnings: [],
  ...more,
});

async function* reportsOf(...reports: readonly TrainReport[]): AsyncGenerator<TrainReport> {
  yield* reports;
}

test('what a run says of itself, in each state', async () => {
  const run = await created('a');
  expect(await summarizeRun(run)).toMatchObject({ model: 'dcgan', data: 'flowers', step: 0, state: 'begun' });

  await run.metrics.append(report(60));
  expect(await summarizeRun(run)).toMatchObject({ step: 60, minutes: 1, samplesSeen: 240, state: 'stopped' });
  const training = inSession(run.directory, reportsOf(report(60), report(61)));
  await training.next();
  expect((await summarizeRun(run)).state).toBe('training');
  await askSession(run.directory, 'pause');
  const next = training.next();
  await expect.poll(async () => (await summarizeRun(run)).state, { timeout: 60_000 }).toBe('paused');
  await askSession(run.directory, 'stop');
  await next;
  expect((await summarizeRun(run)).state).toBe('stopped');
  await run.metrics.append(report(120, { stopped: 'steps' }));
  expect(await summarizeRun(run)).toMatchObject({ state: 'finished', minutes: 2, metrics: { 'loss/generator': 1 / 120 } });
});

test('options in which runs differ', async () => {
  const [a, b] = [
    await created('a', { seed: 1, penalty: { kind: 'r1' } }),
    await created('b', { seed: 1, penalty: { kind: 'none' }, steps: 3 }),
  ];
  expect(differingOptions([a.record, b.record])).toEqual([
    { name: 'training.penalty.kind', values: ['r1', 'none'] },
    { name: 'training.steps', values: [undefined, 3] },
  ]);
});

test('runs side by side on a page', async () => {
  const [a, b] = [await created('a', { seed: 1 }), await created('b', { seed: 2 })];
  for (const step of [10, 20]) {
    await a.metrics.append(report(step));
    await b.metrics.append(report(step, { metrics: { 'loss/generator': step } }));
  }
  const score = {
    metric: 'm',
    title: 'Distance',
    value: 7.25,
    realValue: 0.5,
    better: 'lower',
    real: 4,
    fake: 4,
    meaning: 'How far.',
  } as const;
  await saveScores(b.directory, { step: 20, features: 'f', realSamples: 'r', seed: 0, scores: [score] });
  await appendFile(path.join(a.samplesDirectory, '00000020.txt'), 'words of a');
  const file = path.join(folder, 'page.html');
  await writeComparison([a, b], file);
  const page = await readFile(file, 'utf8');
  expect(page).toContain('aria-label="loss/generator over 10 to 20 steps; newest values: a 0.05, b 20"');
  expect(page).toContain('<td>–</td><td>7.25 (0.5)</td>');
  expect(page).toContain('<th scope="row">training.seed</th><td>1</td><td>2</td>');
  expect(page).toContain('words of a');
  expect(page).not.toMatch(/https?:/);
});

test('a folder with another run.json is no run', async () => {
  await created('a');
  await appendFile(path.join(folder, 'a', 'run.json'), 'and more');
  await expect(Run.open(path.join(folder, 'a'))).rejects.toThrow(/broken one: run.json in it is no JSON/);
});
