import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './read-config.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = path.join(folder, 'config');
  await writeFile(file, text);
  return readConfig(file, () => []);
}

test('reads YAML and JSON', async () => {
  const expected = {
    data: { source: 'digits' },
    model: { width: 8 },
    training: { steps: 5, penalty: { kind: 'r1' } },
    recording: {},
  };
  expect(await read('data: digits\nsteps: 5\nmodel: {width: 8}\ntraining:\n  penalty:\n    kind: r1\n')).toEqual(expected);
  expect(await read(JSON.stringify(expected))).toEqual(expected);
  expect(await read(JSON.stringify({ $schema: './image.json', ...expected }))).toEqual(expected);
});

test('reads what a run was asked for', async () => {
  const record = {
    modality: 'image',
    model: { kind: 'dcgan', options: { width: 8 } },
    training: { steps: 5 },
    data: { source: 'digits', options: { size: 28 }, fingerprint: 'f', size: 9003 },
    engine: 'onnx',
    versions: {},
    created: '2026',
  };
  expect(await read(JSON.stringify(record))).toEqual({
    data: { source: 'digits', size: 28 },
    model: { kind: 'dcgan', width: 8 },
    training: { steps: 5 },
    recording: {},
    engine: 'onnx',
  });
});

test.each([
  ['data: [', /is neither YAML nor JSON/],
  ['', /is empty/],
  ['just words', /must hold keys/],
  ['dta: digits', /unknown key 'dta'; did you mean 'data'/],
])('refuses %j', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('names a file that is not there', async () => {
  await expect(readConfig(path.join(folder, 'no'), () => [])).rejects.toThrow(/cannot read the config file .*no/);
});
