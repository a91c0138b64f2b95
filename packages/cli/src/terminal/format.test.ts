import { expect, test } from 'vitest';
import { commandName } from './command-name.js';
import { columns, counted, duration, figure, shellWord } from './format.js';

test('durations', () => {
  expect([4.4, 65, 3700, Infinity].map(duration)).toEqual(['4 s', '1 min 5 s', '1 h 1 min', 'unknown']);
});

test('figures', () => {
  expect([1234567, 1234.5, 0.123456, -0.00001234, 12].map(figure)).toEqual(['1,234,567', '1,235', '0.123', '-1.2e-5', '12']);
});

test('counts', () => {
  expect([counted(1, 'step'), counted(2000, 'step'), counted(3, 'class')]).toEqual(['1 step', '2,000 steps', '3 classes']);
});

test('columns put numbers to the right', () => {
  expect(
    columns([
      ['name', '1'],
      ['n', '1,000'],
    ]),
  ).toBe('name      1\nn     1,000');
});

test('words for a shell', () => {
  expect(['runs/a-1', 'my run', "it's"].map(shellWord)).toEqual(['runs/a-1', "'my run'", `'it'\\''s'`]);
});

test('the command as it was called', () => {
  expect(commandName('/usr/local/bin/polygan')).toBe('polygan');
  expect(commandName('/home/me/app/node_modules/.bin/polygan')).toBe('npx polygan');
  expect(commandName(`${process.cwd()}/packages/cli/dist/bin.js`)).toBe('node packages/cli/dist/bin.js');
});
