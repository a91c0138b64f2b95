import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import type { SampleFiles } from '../../modality.js';
import { Run } from '../run/run.js';
import { exhibit } from './exhibit.js';

test('the report shows what was made for a purpose, the last of each kind', async () => {
  const data = { source: 'numbers', options: {}, fingerprint: 'f', size: 2 };
  const about = { modality: 'number', model: { kind: 'none', options: {} }, training: {}, data, engine: 'cpu' };
  const run = await Run.create(await mkdtemp(path.join(tmpdir(), 'polygan-exhibit-')), about);
  const files: SampleFiles = {
    previewExtension: '.txt',
    writePreview: async (samples, file) => writeFile(file, `numbers <${await samples.data()}>`),
    writeEach: async () => [],
  };
  for (const numbers of [[1, 2], [3]]) {
    const samples = tf.tensor1d(numbers);
    await exhibit(run, 'translation', samples, files);
    samples.dispose();
  }
  expect(await readdir(path.join(run.directory, 'gallery'))).toEqual(['translation.txt']);
  const page = await readFile(path.join(run.directory, 'report.html'), 'utf8');
  expect(page).toContain('<h2>Translation</h2><pre>numbers &#60;3&#62;</pre>');
  await rm(run.directory, { recursive: true });
});
