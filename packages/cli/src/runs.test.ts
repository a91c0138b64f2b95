import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fakePictures } from '@polygan/datasets';
import { pictureFiles } from '@polygan/image/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

const at = (name: string) => path.join(folder, name);
const ENGINE = ['--engine', 'onnx', '--threads', '1'];
const SMALL = ['--data', 'fake', '--size', '16', '--batch', '4', '--set', 'model.width=2', '--set', 'recording.previewCount=2'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-runs-'));
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();
const printed = () => {
  const document = JSON.parse(captured.out.trim().split('\n').at(-1)!);
  captured.out = '';
  return document;
};

test('runs are listed and compared', async () => {
  const train = (name: string, ...words: string[]) =>
    main(['train', 'image', ...SMALL, '--steps', '2', '--out', at(`runs/${name}`), ...words, ...ENGINE]);
  expect(await train('a', '--tensorboard')).toBe(0);
  expect(await train('b', '--seed', '5')).toBe(0);
  expect((await readdir(at('runs/a'))).some((name) => name.startsWith('events.out.tfevents.'))).toBe(true);
  const { command } = JSON.parse(await readFile(at('runs/b/run.json'), 'utf8'));
  expect(command).toBe(
    `polygan train image ${[...SMALL, '--steps', '2', '--out', at('runs/b'), '--seed', '5', ...ENGINE].join(' ')}`,
  );

  captured.out = '';
  await mkdir(at('runs/broken'));
  await writeFile(at('runs/broken/run.json'), '{');
  expect(await main(['list', at('runs'), '--json'])).toBe(0);
  expect(printed()).toMatchObject({
    runs: [{ directory: at('runs/a'), model: 'dcgan', data: 'fake', state: 'finished', step: 2 }, { directory: at('runs/b') }],
    broken: [{ directory: at('runs/broken') }],
  });
  expect(await main(['list', at('runs')])).toBe(0);
  expect(captured.out).toMatch(/^run +model +data +state +steps +minutes/);
  expect(captured.error).toContain('broken');

  captured.out = '';
  expect(await main(['compare', at('runs/a'), at('runs/b'), '--out', at('page.html'), '--json'])).toBe(0);
  expect(printed().differences).toEqual([
    { name: 'model.seed', values: [0, 5] },
    { name: 'training.seed', values: [0, 5] },
  ]);
  expect(await readFile(at('page.html'), 'utf8')).toContain('Newest samples');
});

test('a dry run measures, warns and keeps nothing', async () => {
  const words = [
    'train',
    'image',
    ...SMALL,
    '--steps',
    '1000',
    '--batch',
    '300',
    '--out',
    at('dry'),
    '--dry-run',
    '--json',
    ...ENGINE,
  ];
  expect(await main(words)).toBe(0);
  const { networks, seconds, secondsPerStep, memory, notes } = printed();
  // From 100 latent dimensions to 4x4 of 4 channels, to 8x8 of 2, to 16x16 of 3, by filters of 4x4 without biases; of each normalised channel four figures.
  expect(networks.generator).toBe(100 * 64 + 4 * 4 + 16 * 4 * 2 + 4 * 2 + 16 * 2 * 3);
  expect(seconds / secondsPerStep).toBeGreaterThan(500);
  expect(memory).toBeGreaterThan(50e6);
  expect(notes).toEqual([expect.stringMatching(/^a batch of 300 holds each of the 256 pictures more than once/)]);
  expect(await readdir(folder)).not.toContain('dry');
});

test('init writes a config file that train takes', async () => {
  const { samples, labels } = await fakePictures({ count: 6, size: 16 }).batch([0, 1, 2, 3, 4, 5]);
  await pictureFiles().writeEach(samples, at('pictures'), 0);
  labels?.dispose();
  samples.dispose();
  expect(await main(['init', at('pictures'), '--out', at('pictures.yaml'), '--json'])).toBe(0);
  expect(printed()).toMatchObject({
    kind: 'image',
    settings: {
      data: at('pictures'),
      size: 16,
      channels: 3,
      augment: { policy: ['colour', 'translation', 'cutout'] },
      minutes: 60,
    },
    command: expect.stringMatching(/ train image --config .*pictures.yaml$/),
  });
  const [first] = (await readFile(at('pictures.yaml'), 'utf8')).split('\n');
  const schema = first!.match(/^# yaml-language-server: \$schema=(\S+)$/)![1]!;
  expect(JSON.parse(await readFile(path.resolve(folder, schema), 'utf8'))).toMatchObject({ title: 'polygan train image' });

  const train = ['train', 'image', '--config', at('pictures.yaml'), '--steps', '1', '--batch', '8', '--set', 'model.width=2'];
  expect(await main([...train, '--out', at('of-config'), ...ENGINE])).toBe(0);
  // What was said before the training stays with the run.
  const { notes } = JSON.parse(await readFile(at('of-config/run.json'), 'utf8'));
  expect(notes).toEqual([expect.stringMatching(/^a batch of 8 holds each of the 6 pictures more than once/)]);
  expect(captured.out).toContain(`Note: ${notes[0]}`);
  expect(await readFile(at('of-config/report.html'), 'utf8')).toContain(`<b>before the training</b>: ${notes[0]}`);

  expect(await main(['init', at('pictures'), '--out', at('pictures.yaml')])).toBe(1);
  expect(captured.error).toContain('is there already');
});
