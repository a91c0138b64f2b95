import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SampleFiles } from '../../modality.js';
import { jointFiles } from './joint-files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-joint-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes each number into a text file of its own. */
const numberFiles: SampleFiles = {
  previewExtension: '.txt',
  writePreview: async () => {},
  async writeEach(samples, directory, first) {
    const values = [...(await samples.data())];
    await mkdir(directory, { recursive: true });
    const names = values.map((_, i) => `${first + i}.txt`);
    for (const [i, name] of names.entries()) await writeFile(path.join(directory, name), `n${values[i]}`);
    return names;
  },
};
const words = { decode: async (samples: tf.Tensor) => [...(await samples.data())].map((value) => `<${value}> words`) };
const files = jointFiles({ number: numberFiles, text: words }, { columns: 2 });

test('each thing is a line that names its files and holds its words; more lines are a continuation', async () => {
  const numbers = tf.tensor1d([5, 6]);
  expect(await files.writeEach({ number: numbers, text: numbers }, path.join(folder, 'each'), 0)).toEqual([
    'metadata.jsonl',
    'number/0.txt',
    'number/1.txt',
  ]);
  await files.writeEach({ text: numbers }, path.join(folder, 'each'), 2);
  const lines = (await readFile(path.join(folder, 'each/metadata.jsonl'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { number_file_name: 'number/0.txt', text: '<5> words' },
    { number_file_name: 'number/1.txt', text: '<6> words' },
    { text: '<5> words' },
    { text: '<6> words' },
  ]);
  expect(await readFile(path.join(folder, 'each/number/1.txt'), 'utf8')).toBe('n6');
  numbers.dispose();
});

test('what is no picture has one beside it, where the preview of its form makes one', async () => {
  const drawn: SampleFiles = {
    ...numberFiles,
    writePreview: async (samples, file) => writeFile(file.replace(/\.txt$/, '.png'), `picture of ${await samples.data()}`),
  };
  const numbers = tf.tensor1d([5, 6]);
  await jointFiles({ number: drawn }).writePreview({ number: numbers }, path.join(folder, 'drawn.html'));
  const page = await readFile(path.join(folder, 'drawn.html'), 'utf8');
  const picture = (text: string) => `base64,${Buffer.from(text).toString('base64')}" alt="number as a picture"><pre>n`;
  expect(page).toContain(`${picture('picture of 5')}5<`);
  expect(page).toContain(`${picture('picture of 6')}6<`);
  numbers.dispose();
});

test('a preview holds everything itself, and words stay words', async () => {
  const numbers = tf.tensor1d([5, 6]);
  await files.writePreview({ number: numbers, text: numbers }, path.join(folder, 'preview.html'));
  const page = await readFile(path.join(folder, 'preview.html'), 'utf8');
  expect(page).toMatch(/<pre>n5<\/pre><span>&#60;5&#62; words<\/span>.*<pre>n6<\/pre>/s);
  expect(page).toContain('repeat(2, ');
  expect(await readdir(folder)).toContain('preview.html');
  numbers.dispose();
});
