import { expect, test, vi } from 'vitest';
import { capturedOutput } from '../captured-output.js';
import { main } from '../main.js';

const captured = capturedOutput();
const completed = async (...words: string[]) => {
  await main(['complete', '--', ...words]);
  const lines = captured.out.trim().split('\n');
  return { values: lines.slice(0, -1).map((line) => line.split('\t')[0]), directive: lines.at(-1) };
};
// As cobra's scripts read it: 0 lets the shell complete files too, 4 does not.
const [FILES, NO_FILES] = [':0', ':4'];

test.each([
  [['re'], ['resume'], NO_FILES],
  [['train', ''], ['image', 'audio', 'text', 'multimodal', 'help'], NO_FILES],
  [['train', 'image', '--mo'], ['--model'], NO_FILES],
  [['train', 'image', '--model', 'd'], ['dcgan'], NO_FILES],
  [['train', 'audio', '--data', ''], ['spoken-digits', 'drums'], FILES],
  [['train', 'audio', '--json', '--slices', ''], ['first', 'overlapping', 'random'], NO_FILES],
  [['sample', '--out', ''], [], FILES],
  [['completion', ''], ['bash', 'zsh', 'fish', 'powershell'], NO_FILES],
])('%j', async (words, values, directive) => {
  expect(await completed(...words)).toEqual({ values, directive });
});

test.each(['bash', 'zsh', 'fish'])('there is a script for %s that asks polygan', async (shell) => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(await main(['completion', shell])).toBe(0);
  expect(log.mock.calls.join('\n')).toContain('polygan complete --');
});
