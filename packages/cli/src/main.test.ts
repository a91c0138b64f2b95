import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from './main.js';

let out = '';
let error = '';
beforeEach(() => {
  out = '';
  error = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    error += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.stdout.removeAllListeners('error');
});

test.each<[string, RegExp]>([
  ['train image --stpes 3', /unknown option '--stpes' \(Did you mean --steps\?\)/],
  ['trian', /unknown command 'trian' \(Did you mean train\?\)/],
  ['train vide', /unknown command 'vide'; see --help/],
  ['train', /a command is missing/],
  ['train image', /say what to train on: --data with a path, or one of digits, fashion-mnist, fake/],
  ['train image --data digits --steps x', /must be a whole number from 1 up/],
  ['train image --data digits --set widht=3', /unknown key 'widht'; did you mean 'model.width'\?/],
  ['train image --data digits --model dcgam', /unknown model 'dcgam' for image; did you mean 'dcgan'\?/],
  ['train image --data digits --set recording.kep=1', /unknown option 'kep'; did you mean 'keep'\?/],
  ['train image --data fake --set data.size=16 --set model.size=32', /data.size is 16 and model.size is 32; they must be equal/],
  ['train image --data nowhere --engine cpu', /there is nothing at .*nowhere/],
  ['train image --data digit --engine cpu', /Or did you mean --data digits\?/],
  ['train image --data digits --engine warp', /'engine' must be one of 'auto', .*got 'warp'/],
  ['sample', /missing required argument 'run'/],
  ['sample nowhere', /nowhere is no run/],
  ['list nowhere', /nowhere cannot be looked into: there is nothing/],
  ['compare nowhere', /name two runs or more, got nowhere alone/],
  ['compare nowhere elsewhere', /nowhere is no run/],
  ['init nowhere', /there is nothing at .*nowhere/],
  ['completion csh', /Allowed choices are bash, zsh, fish, powershell/],
  ['translate nowhere', /nowhere is no run/],
  ['export nowhere --out x', /nowhere is no run/],
  ['resume nowhere', /nowhere is no run/],
  ['evaluate nowhere --count 3', /must be a whole number from 10 up/],
])('%s is a mistake, told in one line', async (words, message) => {
  expect(await main(words.split(' '))).toBe(1);
  expect(error).toMatch(message);
  expect(error.trim().split('\n')).toHaveLength(1);
  expect(out).toBe('');
});

test.each([
  '',
  '--help',
  'train image --help',
  'resume --help',
  'sample --help',
  'interpolate --help',
  'evaluate --help',
  'data --help',
  'train text --help',
  'oracle --help',
  'doctor --help',
  'train audio --help',
  'train multimodal --help',
  'translate --help',
  'export --help',
  'init --help',
  'list --help',
  'compare --help',
  'completion --help',
])("'%s' shows help with an example", async (words) => {
  expect(await main(words.split(' ').filter(Boolean))).toBe(0);
  expect(out).toMatch(/Examples:\n {2}\$ .*polygan/);
  expect(error).toBe('');
});

test.each(['train image', 'train text', 'resume', 'sample', 'interpolate', 'evaluate', 'data', 'oracle', 'doctor'])(
  '%s takes --json and --seed',
  async (command) => {
    await main([...command.split(' '), '--help']);
    expect(out).toMatch(/--json/);
    expect(out).toMatch(/--seed/);
  },
);
