import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-text-'));
  const words = ['bana', 'bano', 'nabo', 'kana', 'kano', 'kabo', 'boka', 'noka'];
  const lines = Array.from({ length: 240 }, (_, i) => `${words[i % 8]} ${words[(i * 5 + (i >> 3)) % 8]}`);
  await writeFile(path.join(folder, 'words.txt'), lines.join('\n'));
  await writeFile(
    path.join(folder, 'table.csv'),
    `text,label\n${lines.map((line, i) => `${line},${i % 2 ? 'x' : 'y'}`).join('\n')}`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();

const at = (name: string) => path.join(folder, name);
const train = (...words: string[]) => main(['train', 'text', '--engine', 'cpu', '--batch', '8', ...words]);
const lines = async (name: string) => (await readFile(at(name), 'utf8')).trimEnd().split('\n');

/** So small that the slowest engine makes steps in no time. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  rnn: ['model.hidden=6', 'model.embedding=4', 'model.cell=gru'],
  cnn: ['model.hidden=6', 'model.embedding=4', 'model.layers=1'],
  seqgan: ['model.generator.hidden=6', 'model.discriminator.widths=[1,2]', 'model.discriminator.filters=[4,4]'],
  latent: ['model.width=4', 'model.blocks=1', 'training.autoencodingSteps=2'],
  vae: ['model.hidden=6', 'model.embedding=4'],
};

test.each(Object.keys(SMALL))('%s is trained, resumed, sampled from and scored', async (model) => {
  const set = ['data.heldOut=0.3', ...SMALL[model]!].flatMap((setting) => ['--set', setting]);
  expect(await train('--data', at('words.txt'), '--model', model, '--steps', '3', '--out', at(model), ...set)).toBe(0);
  expect(captured.error).toBe('');
  expect(captured.out).toContain(`${model} on `);
  expect(captured.out.includes(' interpolate ')).toBe(['latent', 'vae'].includes(model));
  expect(await main(['resume', at(model), '--steps', '+1', '--engine', 'cpu'])).toBe(0);
  expect((await lines(`${model}/samples/00000004.txt`)).length).toBeGreaterThan(1);

  for (const count of ['3', '5']) {
    await main(['sample', at(model), '--count', count, '--seed', '4', '--out', at(`${model}-${count}`), '--engine', 'cpu']);
  }
  const few = await lines(`${model}-3/samples.txt`);
  expect((await lines(`${model}-5/samples.txt`)).slice(0, few.length)).toEqual(few);
  expect(await main(['evaluate', at(model), '--count', '20', '--engine', 'cpu'])).toBe(0);
  expect(captured.out).toMatch(/Self-BLEU-4 +[\d.]+ +[\d.]+ +near real/);
  expect(captured.out.includes('Perplexity')).toBe(['rnn', 'cnn', 'seqgan'].includes(model));
  expect(captured.error).toBe('');
});

test('texts begin with a prefix, and are drawn as they are told to be', async () => {
  const how = ['--prefix', 'kabo', '--temperature', '0.5', '--top-k', '3', '--top-p', '0.9'];
  expect(await main(['sample', at('rnn'), '--count', '4', '--out', at('told'), '--engine', 'cpu', ...how])).toBe(0);
  for (const line of await lines('told/samples.txt')) expect(line).toMatch(/^kabo/);
});

test('a run does it again from its run.json', async () => {
  expect(await train('--config', at('rnn/run.json'), '--steps', '3', '--out', at('again'))).toBe(0);
  const [first, second] = await Promise.all(['rnn', 'again'].map((run) => readFile(at(`${run}/samples/00000003.txt`), 'utf8')));
  expect(second).toBe(first);
});

test('a conditional model goes from text to text, and writes those of a class', async () => {
  const small = SMALL.latent!.flatMap((setting) => ['--set', setting]);
  const words = [
    '--data',
    at('table.csv'),
    '--model',
    'latent',
    '--conditional',
    '--steps',
    '3',
    '--out',
    at('classes'),
    ...small,
  ];
  expect(await train(...words)).toBe(0);
  expect(await main(['sample', at('classes'), '--class', 'x', '--count', '2', '--out', at('x'), '--engine', 'cpu'])).toBe(0);
  expect(await main(['interpolate', at('classes'), '--count', '2', '--steps', '4', '--out', at('ways'), '--engine', 'cpu'])).toBe(
    0,
  );
  const ways = await lines('ways/interpolation.txt');
  expect(ways).toHaveLength(2);
  expect(ways[0]!.split(' → ')).toHaveLength(4);
});

test('data says what texts there are, and how to train on them', async () => {
  expect(await main(['data', at('words.txt')])).toBe(0);
  expect(captured.out).toMatch(/words\.txt: 240 texts\n/);
  expect(captured.out).toMatch(/train text --data \S*words\.txt --tokens word --length 2/);
  expect(await main(['data', 'names', '--kind', 'text'])).toBe(0);
  expect(captured.out).toMatch(/female +[\d,]+/);
});

test('samples keep the form of the data, unless they are told not to', async () => {
  const small = SMALL.rnn!.flatMap((setting) => ['--set', setting]);
  for (const form of ['true', 'false']) {
    const set = [...small, '--set', `data.form=${form}`];
    expect(await train('--data', at('words.txt'), '--steps', '2', '--out', at(`form-${form}`), ...set)).toBe(0);
    const { model } = JSON.parse(await readFile(at(`form-${form}/run.json`), 'utf8'));
    // Two words, or no rule at all.
    expect(model.options.form).toHaveLength(form === 'true' ? 2 : 0);
  }
  expect(await main(['resume', at('form-false'), '--steps', '+1', '--engine', 'cpu'])).toBe(0);
  expect(await train('--data', at('words.txt'), '--set', 'data.form=verse', '--steps', '2')).toBe(1);
  expect(captured.error).toContain('data.form is true or false, got "verse"');
  // Said token by token: no text begins with its end.
  const set = [...small, '--set', 'model.form=[[0],[]]', '--out', at('form-asked')];
  expect(await train('--data', at('words.txt'), '--steps', '2', ...set)).toBe(0);
  const asked = JSON.parse(await readFile(at('form-asked/run.json'), 'utf8'));
  expect(asked.model.options.form).toEqual([[0], []]);
});

test('few texts are noted once', async () => {
  await writeFile(at('few.txt'), ['anna', 'berta', 'clara', 'dora', 'emil', 'franz'].join('\n'));
  expect(await train('--data', at('few.txt'), '--steps', '1', '--out', at('few'))).toBe(0);
  expect(captured.out).toContain('So few texts (6) make a generator that repeats them');
  expect(captured.error).not.toContain('by heart');
});

test('what is wrong is told', async () => {
  await writeFile(at('latin.txt'), Buffer.from('caf\u00e9\nth\u00e9\n', 'latin1'));
  expect(await train('--data', at('latin.txt'))).toBe(1);
  expect(captured.error).toMatch(/latin\.txt is not UTF-8, .* or train with --set data\.encoding=\S+\n/);
  captured.error = '';
  expect(await train('--data', at('table.csv'), '--set', 'data.field=txt')).toBe(1);
  expect(captured.error).toContain('its fields are text, label; train with --set data.field=text');
  captured.error = '';
  expect(await train('--data', at('nothing.txt'))).toBe(1);
  expect(captured.error).toMatch(/there is nothing at .*nothing\.txt/);
  captured.error = '';
  expect(await train('--data', at('words.txt'), '--model', 'rmm')).toBe(1);
  expect(captured.error).toMatch(/unknown model 'rmm' for text; did you mean 'rnn'\?/);
});
