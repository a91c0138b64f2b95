import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrainReport } from '../../training/report.js';
import { askSession, inSession, readSession } from './session.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polygan-session-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A training that says after which step it was ended. */
async function* counting(steps: number, ended: number[] = []): AsyncGenerator<TrainReport> {
  let step = 0;
  try {
    while (step < steps) {
      step++;
      yield { step, ...(step === steps && { stopped: 'steps' }) } as TrainReport;
    }
  } finally {
    ended.push(step);
  }
}

test('it is known while it goes on, and leaves nothing behind', async () => {
  expect(await readSession(directory)).toBeUndefined();
  const steps: number[] = [];
  for await (const { step } of inSession(directory, counting(3))) {
    steps.push(step);
    expect(await readSession(directory)).toMatchObject({ pid: process.pid, host: hostname(), state: 'training' });
  }
  expect(steps).toEqual([1, 2, 3]);
  expect(await readdir(directory)).toEqual([]);
});

test('it stops where it is asked to, and the training under it ends as by break', async () => {
  const ended: number[] = [];
  const steps: number[] = [];
  for await (const { step } of inSession(directory, counting(100, ended))) {
    steps.push(step);
    if (step === 4) await askSession(directory, 'stop');
  }
  expect(steps).toEqual([1, 2, 3, 4]);
  expect(ended).toEqual([4]);
  expect(await readdir(directory)).toEqual([]);
});

test('it pauses, and goes on when it is asked to', async () => {
  const reports = inSession(directory, counting(3));
  await reports.next();
  await askSession(directory, 'pause');
  let isReported = false;
  const next = reports.next().then((result) => {
    isReported = true;
    return result;
  });
  while ((await readSession(directory))?.state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isReported).toBe(false);
  await askSession(directory, 'resume');
  expect((await next).value).toMatchObject({ step: 2 });
  expect(await readSession(directory)).toMatchObject({ state: 'training' });
  await reports.return();
});

test('a signal ends a pause', async () => {
  const controller = new AbortController();
  const reports = inSession(directory, counting(3), controller.signal);
  await reports.next();
  await askSession(directory, 'pause');
  const next = reports.next();
  while ((await readSession(directory))?.state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort();
  expect((await next).value).toMatchObject({ step: 2 });
  await reports.return();
});

test('what was asked before it began does not matter', async () => {
  await askSession(directory, 'stop');
  const steps: number[] = [];
  for await (const { step } of inSession(directory, counting(2))) steps.push(step);
  expect(steps).toEqual([1, 2]);
});

test('a training whose process is gone is none, nor is what is no session', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const session = { pid, host: hostname(), state: 'training', started: new Date().toISOString() };
  const write = (content: string) => writeFile(path.join(directory, 'session.json'), content);
  await write(JSON.stringify(session));
  expect(await readSession(directory)).toBeUndefined();
  await write(JSON.stringify({ ...session, pid: process.pid }));
  expect(await readSession(directory)).toMatchObject({ pid: process.pid });
  for (const broken of [
    '{',
    'null',
    '{"pid":"1"}',
    '{"pid":-1,"state":"training"}',
    JSON.stringify({ ...session, pid: process.pid, state: 'x' }),
  ]) {
    await write(broken);
    expect(await readSession(directory)).toBeUndefined();
  }
});
