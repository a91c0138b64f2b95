import { spawn } from 'node:child_process';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const polygan = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'polygan-interrupted-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the command, interrupts it as Ctrl-C does once `begun` is fulfilled, and says how it ended and what was on standard error. */
async function interrupted(args: readonly string[], begun: () => Promise<boolean>): Promise<{ ended: unknown; error: string }> {
  const child = spawn(process.execPath, [polygan, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (text) => {
    error += text;
  });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  while (child.exitCode === null && !(await begun())) await wait(20);
  child.kill('SIGINT');
  return { ended: await ended, error };
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
const named = (name: string) => async () =>
  (await readdir(folder, { recursive: true })).some((file) => path.basename(file) === name);

test('sampling ends at once, and leaves nothing that looks whole', async () => {
  const arrays = ['sample', 'digits-in-three-forms', '--count', '100000', '--format', 'npy', '--out', folder, '--threads', '1'];
  expect(await interrupted(arrays, named('image.npy.part'))).toEqual({ ended: 130, error: '' });
  expect(await readdir(folder)).toEqual([]);
});

test('evaluating ends at once, without a word', async () => {
  const started = wait(1500).then(() => true);
  const { ended, error } = await interrupted(
    ['evaluate', 'digits-in-three-forms', '--count', '5000', '--threads', '1'],
    () => started,
  );
  expect([ended, error]).toEqual(['SIGINT', '']);
});

test('a training says where to go on, and is not called training any more', async () => {
  const run = path.join(folder, 'run');
  const train = ['train', 'image', '--data', 'fake', '--set', 'model.width=4', '--batch', '4', '--steps', '100000', '--out', run];
  const { ended } = await interrupted([...train, '--threads', '1'], () => exists(path.join(run, 'metrics.jsonl')));
  expect(ended).toBe(130);
  const list = spawn(process.execPath, [polygan, 'list', folder, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of list.stdout) said += text;
  expect(JSON.parse(said).runs[0].state).toBe('stopped');
});
