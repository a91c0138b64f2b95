import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, install } from './installed.js';

let installed: Installed;

beforeAll(() => {
  installed = install('polygan');
});

afterAll(() => rmSync(installed.folder, { recursive: true, force: true }));

test('the command trains on the data that come with it, and draws from the run', () => {
  const settings = ['--set', 'model.width=4', '--batch', '8'];
  installed.npx('polygan', 'train', 'image', '--data', 'digits', '--steps', '3', '--out', 'run', ...settings);
  expect(readdirSync(path.join(installed.folder, 'run')).sort()).toEqual(
    ['checkpoints', 'metrics.jsonl', 'model', 'report.html', 'run.json', 'samples'].sort(),
  );
  const { engine } = JSON.parse(readFileSync(path.join(installed.folder, 'run/run.json'), 'utf8')) as { engine: string };
  expect(engine).toBe('onnx');

  installed.npx('polygan', 'sample', 'run', '--count', '3', '--out', 'samples');
  expect(readdirSync(path.join(installed.folder, 'samples')).sort()).toEqual(['000000.png', '000001.png', '000002.png']);
});
