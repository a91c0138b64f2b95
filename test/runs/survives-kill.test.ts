import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeSafetensors, Run } from '@polygan/core/node';
import { afterEach, beforeEach, expect, test } from 'vitest';

const polygan = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url));
const KILLS = 10;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'polygan-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the command; kills it dead so many milliseconds after its first word, if it is still at work. Gives what it said. */
function run(args: readonly string[], killAfter = Number.POSITIVE_INFINITY): Promise<{ killed: boolean; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [polygan, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let timer: NodeJS.Timeout | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text;
        if (Number.isFinite(killAfter)) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter);
      });
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve({ killed: true, said });
      else if (code === 0) resolve({ killed: false, said });
      else reject(new Error(`polygan ${args.join(' ')} ended with ${code}: ${said}`));
    });
  });
}

/** Opens every file that a run folder has; throws if one cannot be read as what it is. */
async function readEverything(directory: string): Promise<void> {
  const { checkpoints } = await Run.open(directory);
  for (const step of await checkpoints.steps()) await checkpoints.load(step);
  for (const name of await readdir(path.join(directory, 'samples'))) {
    if (name.startsWith('.')) continue;
    const png = await readFile(path.join(directory, 'samples', name));
    expect(png.subarray(-8, -4).toString('latin1'), `${name} is whole`).toBe('IEND');
  }
  const model = await readFile(path.join(directory, 'model', 'model.json'), 'utf8').catch(() => undefined);
  if (model !== undefined) {
    const { paths, weights } = JSON.parse(model).weightsManifest[0];
    const bytes = await readFile(path.join(directory, 'model', paths[0]));
    const numbers = weights.reduce((sum: number, { shape }: { shape: number[] }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect(bytes.length).toBe(4 * numbers);
  }
}

async function lastTensors(directory: string): Promise<Record<string, Uint8Array>> {
  const { checkpoints } = await Run.open(directory);
  const step = String((await checkpoints.steps()).at(-1)).padStart(8, '0');
  const file = await readFile(path.join(directory, 'checkpoints', step, 'tensors.safetensors'));
  const tensors = Object.entries(decodeSafetensors(file));
  return Object.fromEntries(tensors.map(([name, { values }]) => [name, new Uint8Array(values.buffer)]));
}

test('a training that is killed at any instant goes on from its last checkpoint, and ends in the same bits', {
  timeout: 300_000,
}, async () => {
  const [killed, whole] = [path.join(folder, 'killed'), path.join(folder, 'whole')];
  const settings = [
    'recording.checkpointEvery=10',
    'recording.previewEvery=10',
    'training.reportEvery=5',
    'model.width=4',
    'model.latentDimensions=8',
  ];
  const asked = [
    '--data',
    'fake',
    '--size',
    '16',
    '--batch',
    '8',
    '--engine',
    'cpu',
    ...settings.flatMap((setting) => ['--set', setting]),
  ];
  const steps = 1500;

  let kills = 0;
  let begun = false;
  while (kills < KILLS || !begun) {
    const session = begun
      ? ['resume', killed, '--steps', String(steps)]
      : ['train', 'image', ...asked, '--steps', String(steps), '--out', killed];
    // From the first word on, through the start, steps, previews and checkpoints; on a busy machine a start takes longer.
    const longest = begun ? 2500 : 2500 * (1 + kills);
    const { killed: wasKilled } = await run(session, Math.random() * longest);
    if (!wasKilled) break;
    kills += 1;
    begun = await readFile(path.join(killed, 'run.json')).then(
      () => true,
      () => false,
    );
    if (begun) await readEverything(killed);
  }
  expect(kills).toBeGreaterThanOrEqual(KILLS);

  const reached = (await (await Run.open(killed)).checkpoints.steps()).at(-1) ?? 0;
  const end = reached + 20;
  await run(['resume', killed, '--steps', String(end)]);
  await run(['train', 'image', ...asked, '--steps', String(end), '--out', whole]);
  await readEverything(killed);
  expect(await lastTensors(killed)).toEqual(await lastTensors(whole));
});
