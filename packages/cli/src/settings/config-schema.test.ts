import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { capturedOutput } from '../captured-output.js';
import { main } from '../main.js';
import { MODALITY_NAMES, modalityNamed } from '../modalities/modalities.js';
import { configSchema } from './config-schema.js';

const ENGINE = ['--engine', 'onnx', '--threads', '1'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-schemas-'));
});
afterAll(() => rm(folder, { recursive: true }));
capturedOutput();

const checks = Object.fromEntries(
  // That a schema is one is checked too. Types beside `properties` of another branch are no mistake.
  MODALITY_NAMES.map((kind) => [
    kind,
    new Ajv({ strictTypes: false, strictRequired: false }).compile(configSchema(modalityNamed(kind))),
  ]),
);

/** What is wrong with a config, by its schema; where it is right, nothing. */
function problems(kind: string, config: unknown): readonly string[] {
  const check = checks[kind]!;
  if (check(config)) return [];
  return check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the configs of the README are right', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const configs = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => parse(text!) as unknown);
  expect(configs.length).toBeGreaterThan(0);
  for (const config of configs) expect(problems('image', config)).toEqual([]);
});

describe('what a run keeps is right', () => {
  test.each([
    ['image', 'fake', ['dcgan', 'residualGan', 'imageVae'], ['model.width=4', 'data.count=16']],
    ['audio', 'drums', ['waveGan', 'specGan', 'audioVae'], ['model.width=4', 'data.count=16', 'data.length=4096']],
    ['text', 'names', ['rnn', 'cnn', 'vae', 'latent', 'seqgan'], []],
    [
      'multimodal',
      'digits',
      ['multimodalGan', 'multimodalVae', 'coupledGan'],
      ['data.count=32', 'data.modalities.audio.length=4096'],
    ],
  ])(
    '%s on %s',
    async (kind, data, models, settings) => {
      for (const model of models) {
        const out = path.join(folder, model);
        const small = settings.flatMap((setting) => ['--set', setting]);
        const command = ['train', kind, '--data', data, '--model', model, '--steps', '1', '--batch', '4', ...small, ...ENGINE];
        expect(await main([...command, '--set', 'recording.previewCount=1', '--out', out])).toBe(0);
        const record = JSON.parse(await readFile(path.join(out, 'run.json'), 'utf8'));
        expect(problems(kind, record)).toEqual([]);
        expect(problems(kind, { ...record, training: { ...record.training, stepz: 1 } })).not.toEqual([]);
        expect(problems(kind, { ...record, model: { ...record.model, options: { widht: 1 } } })).not.toEqual([]);
      }
    },
    300_000,
  );
});

test.each([
  ['image', { data: 'digits', model: 'imageVae', steps: 3, training: { beta: 2 }, out: 'x', recording: null }],
  ['image', { $schema: './image.json', data: 'digits' }],
  ['image', { data: { source: 'x', classes: 'none' }, model: { width: 8 }, augment: { policy: ['colour'] }, conditional: true }],
  ['audio', { data: 'drums', sampleRate: 8000, model: { kind: 'specGan', frameLength: 128 }, clusters: 8 }],
  ['text', { data: { source: 'a.csv', field: 'words' }, model: { kind: 'rnn', cell: 'gru' }, vocabulary: 99 }],
  [
    'multimodal',
    { data: { source: 'x', modalities: { image: { size: 64 } } }, training: { modalities: { text: { loss: 'hinge' } } } },
  ],
])('takes for %s %j', (kind, config) => {
  expect(problems(kind, config)).toEqual([]);
});

test.each([
  ['image', { dta: 'digits' }],
  ['image', { data: 'fake', sampleRate: 8000 }],
  ['image', { data: 'fake', model: 'dcgann' }],
  ['image', { data: 'fake', model: { widht: 8 } }],
  ['image', { data: 'fake', model: { kind: 'imageVae', discriminatorNorm: 'batch' } }],
  ['image', { data: 'fake', training: { loss: 'hing' } }],
  ['image', { data: 'fake', training: { penalty: { kind: 'r1', weight: -1 } } }],
  ['image', { data: 'fake', size: 33 }],
  ['image', { data: 'fake', steps: 1.5 }],
  ['image', { data: 'fake', recording: { keep: 0 } }],
  ['image', { data: 'fake', threads: 'two' }],
  ['image', { data: { source: 'fake', flip: 'yes' } }],
  ['audio', { data: 'drums', model: { upsampling: 'cubic' } }],
  ['text', { data: 'names', model: { kind: 'rnn', cell: 'cnn' } }],
  ['text', { data: 'names', length: 0 }],
  ['multimodal', { data: { source: 'digits', modalities: { smell: {} } } }],
  ['multimodal', { data: 'digits', training: { modalities: { image: { los: 'hinge' } } } }],
  ['multimodal', { data: 'digits', model: { modalities: { image: { kind: 'waveGan' } } } }],
] as const)('refuses for %s %j, as train does', async (kind, config) => {
  expect(problems(kind, config)).not.toEqual([]);
  const keys = Object.entries(config).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]);
  expect(await main(['train', kind, ...keys, '--engine', 'cpu', '--out', path.join(folder, 'never')])).toBe(1);
});
