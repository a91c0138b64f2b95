import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

const at = (name: string) => path.join(folder, name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-export-'));
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();
const ENGINE = ['--engine', 'onnx', '--threads', '1'];

test('a model leaves its run, in fewer bits, and is sampled from like a run', async () => {
  const small = ['--data', 'fake', '--size', '16', '--batch', '4', '--set', 'model.width=4', '--set', 'recording.previewCount=2'];
  expect(await main(['train', 'image', ...small, '--steps', '2', '--out', at('run'), ...ENGINE])).toBe(0);
  expect(await main(['export', at('run'), '--out', at('model'), '--bits', '16'])).toBe(0);
  expect((await readdir(at('model'))).sort()).toEqual(['model', 'run.json']);
  const bytes = async (run: string) => (await stat(at(`${run}/model/weights-2.bin`))).size;
  expect((await bytes('model')) / (await bytes('run'))).toBe(1 / 2);

  const samples = async (run: string) => {
    const asked = ['--count', '3', '--seed', '5', '--format', 'npy', '--out', at(`${run}-samples`), ...ENGINE];
    expect(await main(['sample', at(run), ...asked])).toBe(0);
    const [name] = await readdir(at(`${run}-samples`));
    // Bytes 0 … 255 behind the header of 128.
    return (await readFile(at(`${run}-samples/${name}`))).subarray(128);
  };
  const [own, exported] = [await samples('run'), await samples('model')];
  expect(own.length).toBe(3 * 16 * 16 * 3);
  for (const [i, value] of own.entries()) expect(Math.abs(exported[i]! - value)).toBeLessThanOrEqual(1);

  expect(await main(['export', at('run'), '--out', at('onnx'), '--to', 'onnx', '--evaluate'])).toBe(1);
  expect(await main(['export', at('run'), '--out', at('scored'), '--bits', '8', '--evaluate', '--json'])).toBe(0);
  const { scores } = JSON.parse(captured.out.trim().split('\n').at(-1)!);
  const { title, real, ...of } = scores.find(({ metric }: { metric: string }) => metric === 'frechetDistance');
  expect([title, typeof real]).toEqual(['Fréchet distance', 'number']);
  // Bits change little in what has hardly learnt.
  expect(Math.abs(of.exported / of.run - 1)).toBeLessThan(0.2);
  expect((await readdir(at('scored'))).sort()).toEqual(['model', 'run.json']);

  expect(await main(['export', at('run'), '--out', at('model')])).toBe(1);
  expect(captured.error).toContain('not empty');
});
