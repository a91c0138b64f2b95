import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learnTokenizer } from '../tokens/learn-tokenizer.js';
import { textModality } from '../tokens/text-modality.js';
import { textFiles } from './text-files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const modality = textModality({ tokenizer: learnTokenizer(['ab\n']), length: 4 });

it('writes a preview with a sample on each line', async () => {
  const samples = modality.encode(['ab', '', 'a\nb']);
  await textFiles(modality).writePreview(samples, join(folder, 'deep/preview.txt'));
  expect(await readFile(join(folder, 'deep/preview.txt'), 'utf8')).toBe('ab\n\na\\nb\n');
  await textFiles(modality, { columns: 2 }).writePreview(samples, join(folder, 'ways.txt'));
  expect(await readFile(join(folder, 'ways.txt'), 'utf8')).toBe('ab → \na\\nb\n');
  samples.dispose();
});

it('writes all samples into one file, piece by piece, or each into its own', async () => {
  const samples = modality.encode(['ab', 'ba']);
  const lines = join(folder, 'lines');
  for (const first of [0, 2]) {
    expect(await textFiles(modality).writeEach(samples, lines, first)).toEqual([
      `samples.txt:${first + 1}`,
      `samples.txt:${first + 2}`,
    ]);
  }
  expect(await readFile(join(lines, 'samples.txt'), 'utf8')).toBe('ab\nba\nab\nba\n');
  const files = join(folder, 'files');
  expect(await textFiles(modality, { each: 'files' }).writeEach(samples, files, 5)).toEqual(['000005.txt', '000006.txt']);
  expect((await readdir(files)).sort()).toEqual(['000005.txt', '000006.txt']);
  samples.dispose();
});
