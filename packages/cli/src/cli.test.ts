import { type SpawnOptions, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The command as a process of its own, from the sources. */
const COMMAND = [
  '--conditions=@polygan/source',
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('bin.ts', import.meta.url)),
];
const TINY = [
  '--data',
  'fake',
  '--size',
  '16',
  '--batch',
  '4',
  '--engine',
  'cpu',
  '--set',
  'model.width=2',
  '--set',
  'training.reportEvery=2',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Result {
  readonly exitCode: number | null;
  readonly out: string;
  readonly error: string;
}

/** @param onOutput told of what has been printed so far */
function polygan(words: readonly string[], onOutput?: (out: string, child: ReturnType<typeof spawn>) => void): Promise<Result> {
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(process.execPath, [...COMMAND, ...words], options);
  const text = { out: '', error: '' };
  child.stdout!.setEncoding('utf8').on('data', (part: string) => {
    text.out += part;
    onOutput?.(text.out, child);
  });
  child.stderr!.setEncoding('utf8').on('data', (part: string) => {
    text.error += part;
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, ...text })));
}

const jsonLines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const hashOf = async (...parts: string[]) =>
  createHash('sha256')
    .update(await readFile(path.join(folder, ...parts)))
    .digest('hex');

describe('a run from its beginning to its scores', () => {
  test('train leaves a run folder and says what to do next', async () => {
    const { exitCode, out, error } = await polygan(['train', 'image', ...TINY, '--steps', '4']);
    expect(error).toBe('');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^dcgan on 256 pictures .* engine cpu, kept in runs\/fake-1\n/);
    expect(out).toMatch(/report\s+runs\/fake-1\/report\.html/);
    expect(out).toMatch(/ sample runs\/fake-1 --count 16/);
    expect(await readdir(path.join(folder, 'runs/fake-1'))).toEqual(
      expect.arrayContaining(['checkpoints', 'metrics.jsonl', 'model', 'report.html', 'run.json', 'samples']),
    );
    expect(await readFile(path.join(folder, 'runs/fake-1/report.html'), 'utf8')).toContain('data:image/png;base64,');
  });

  test('resume says that the run is finished, and goes on when asked for more', async () => {
    const finished = await polygan(['resume', 'runs/fake-1']);
    expect(finished.exitCode).toBe(1);
    expect(finished.error).toMatch(/^polygan: this run is finished \(4 steps\)\. To train it further: .* --steps \+1000\n$/);
    const { exitCode, out } = await polygan(['resume', 'runs/fake-1', '--steps', '+2', '--json']);
    expect(exitCode).toBe(0);
    expect(jsonLines(out).map(({ event, step }) => [event, step])).toEqual([
      ['start', 4],
      ['report', 6],
      ['end', 6],
    ]);
  });

  test('sample writes the same pictures for the same seed, of which more are a continuation', async () => {
    expect(
      (await polygan(['sample', 'runs/fake-1', '--count', '3', '--seed', '7', '--out', 'a', '--engine', 'cpu'])).exitCode,
    ).toBe(0);
    const { out } = await polygan([
      'sample',
      'runs/fake-1',
      '--count',
      '4',
      '--seed',
      '7',
      '--out',
      'b',
      '--engine',
      'cpu',
      '--json',
    ]);
    expect(JSON.parse(out)).toMatchObject({ count: 4, seed: 7, files: ['000000.png', '000001.png', '000002.png', '000003.png'] });
    expect(await readdir(path.join(folder, 'a'))).toEqual(['000000.png', '000001.png', '000002.png']);
    expect(await hashOf('a', '000002.png')).toBe(await hashOf('b', '000002.png'));
    expect(await hashOf('b', '000003.png')).not.toBe(await hashOf('b', '000002.png'));
  });

  test('sample writes one NumPy array', async () => {
    await polygan(['sample', 'runs/fake-1', '--count', '3', '--out', 'n', '--format', 'npy', '--engine', 'cpu']);
    const file = await readFile(path.join(folder, 'n', 'samples.npy'));
    expect(file.length).toBe(128 + 3 * 16 * 16 * 3);
    expect(file.toString('latin1', 10, 128)).toContain("'shape': (3, 16, 16, 3)");
  });

  test('interpolate writes rows and single pictures', async () => {
    const words = ['interpolate', 'runs/fake-1', '--count', '2', '--steps', '3', '--out', 'w', '--engine', 'cpu'];
    expect((await polygan(words)).exitCode).toBe(0);
    expect(await readdir(path.join(folder, 'w'))).toHaveLength(7);
  });

  test('evaluate scores against real pictures, and the report shows it', async () => {
    const words = ['evaluate', 'runs/fake-1', '--count', '12', '--features', 'random', '--engine', 'cpu', '--json'];
    const { exitCode, out, error } = await polygan(words);
    expect([exitCode, error]).toEqual([0, '']);
    const { scores, step } = JSON.parse(out) as {
      step: number;
      scores: { metric: string; value: number; realValue: number; fake: number }[];
    };
    expect(step).toBe(6);
    const distance = scores.find(({ metric }) => metric === 'frechetDistance')!;
    expect(distance.value).toBeGreaterThan(distance.realValue);
    expect(distance.fake).toBe(12);
    expect(await readFile(path.join(folder, 'runs/fake-1/report.html'), 'utf8')).toContain('Fréchet distance');
  });
});

test('Ctrl-C saves and says how to go on', async () => {
  let asked = false;
  const { exitCode, out, error } = await polygan(['train', 'image', ...TINY, '--out', 'stopped', '--json'], (text, child) => {
    if (asked || !text.includes('"event":"report"')) return;
    asked = true;
    child.kill('SIGINT');
  });
  expect(exitCode).toBe(130);
  expect(error).toMatch(/Stopping after this step and saving/);
  const end = jsonLines(out).at(-1)!;
  expect(end).toMatchObject({ event: 'interrupted', run: 'stopped' });
  const { out: further } = await polygan(['resume', 'stopped', '--steps', '+2', '--json']);
  expect(jsonLines(further).at(-1)).toMatchObject({ event: 'end', step: (end.step as number) + 2 });
});

test('flags win over --set, and that over the config', async () => {
  await writeFile(
    path.join(folder, 'config.yaml'),
    'data: fake\nsize: 16\nsteps: 9\nbatch: 3\nseed: 1\nengine: cpu\nmodel: {width: 2}\n',
  );
  const words = [
    'train',
    'image',
    '--config',
    'config.yaml',
    '--set',
    'training.batchSize=4',
    '--set',
    'seed=2',
    '--seed',
    '3',
    '--steps',
    '2',
    '--out',
    'c',
  ];
  expect(await polygan(words)).toMatchObject({ exitCode: 0, error: '' });
  const { training, model } = JSON.parse(await readFile(path.join(folder, 'c', 'run.json'), 'utf8'));
  expect([training.steps, training.batchSize, training.seed, model.options.width]).toEqual([2, 4, 3, 2]);
});

test('data looks at ready-made sets', async () => {
  const { out } = await polygan(['data', 'fake', '--json']);
  expect(JSON.parse(out)).toMatchObject({ count: 256, classes: { disc: 64, square: 64, triangle: 64, cross: 64 } });
});

test('a mistake is one line and exit code 1, before anything else is said', async () => {
  const { exitCode, out, error } = await polygan(['train', 'image', ...TINY, '--set', 'training.los=hinge']);
  expect(error).toBe("polygan: train: unknown option 'los'; did you mean 'loss'?\n");
  expect([exitCode, out]).toEqual([1, '']);
});
