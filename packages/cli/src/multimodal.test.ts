import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { soundFiles } from '@polygan/audio/node';
import { pictureFiles } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

// TensorFlow.js takes values that a generator shares with its average for a leak when the generator gets others.
tf.env().set('IS_TEST', false);

const THINGS = 40;
let folder: string;

/** Things of two kinds: bright, high and said to be a bird, or dark, deep and a bear. Some lack a form, some lines are of no use. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-things-'));
  const kinds = tf.tidy(() => tf.mod(tf.range(0, THINGS), 2));
  const pictures = tf.tidy(() => tf.tile(tf.sub(tf.mul(kinds, 1.6), 0.8).reshape([THINGS, 1, 1, 1]), [1, 16, 16, 1]));
  const sounds = tf.tidy(() => {
    const angles = tf.mul(tf.range(0, 4096).div(8000).reshape([1, 4096, 1]), 2 * Math.PI);
    return tf.mul(0.5, tf.sin(tf.mul(angles, tf.add(tf.mul(kinds, 900), 300).reshape([THINGS, 1, 1]))));
  });
  await pictureFiles().writeEach(pictures, at('things/pictures'), 0);
  await soundFiles({ sampleRate: 8000 }).writeEach(sounds, at('things/sounds'), 0);
  tf.dispose([kinds, pictures, sounds]);
  const numbered = (i: number) => String(i).padStart(6, '0');
  const lines = Array.from({ length: THINGS }, (_, i) => {
    const [name, way] = [i % 2 ? 'bird' : 'bear', ['a', 'this is a', 'one'][i % 3]];
    return JSON.stringify({
      ...(i % 7 && { image_file_name: `pictures/${numbered(i)}.png` }),
      ...(i % 5 && { audio_file_name: `./sounds/${numbered(i)}.wav` }),
      ...(i % 6 && { text: `${way} ${name}` }),
      label: name,
    });
  });
  const broken = ['{"image_file_name": ', '{"label": "bird"}', '{"image_file_name": "pictures/gone.png", "text": "a bird"}'];
  await writeFile(at('things/metadata.jsonl'), [...lines, ...broken].join('\n'));
  await writeFile(at('things/sounds/000002.wav'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();
const at = (name: string) => path.join(folder, name);
const ENGINE = ['--engine', 'onnx', '--threads', '1'];
const SMALL = [
  'data.modalities.image.size=16',
  ...['image', 'audio', 'text'].map((form) => `model.modalities.${form}.width=2`),
  'model.codeDimensions=8',
  'recording.previewCount=2',
].flatMap((setting) => ['--set', setting]);
const metadataOf = async (name: string) =>
  (await readFile(at(`${name}/metadata.jsonl`), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);

test('things are surveyed, learnt, resumed, made, translated, blended and scored', async () => {
  expect(await main(['data', at('things')])).toBe(0);
  expect(captured.out).toMatch(/forms +\d+ have a picture, \d+ have a sound, \d+ have a text/);
  expect(captured.out).toContain('line 41 of metadata.jsonl: not JSON');
  expect(captured.out).toContain('line 42 of metadata.jsonl: it names no image_file_name');
  expect(captured.out).toContain('sounds/000002.wav: the file is empty');
  expect(captured.out).toContain('pictures/gone.png: there is no such file');
  expect(captured.out).toMatch(/train multimodal --data .*things\n/);

  const train = ['train', 'multimodal', '--data', at('things'), '--steps', '2', '--batch', '4', '--out', at('run')];
  expect(await main([...train, ...SMALL, ...ENGINE])).toBe(0);
  expect(captured.out).toContain('in the forms image, audio, text with the engine onnx');
  expect(captured.out).toContain('translate');
  expect(await main(['resume', at('run'), '--steps', '+1', ...ENGINE])).toBe(0);
  expect(await readdir(at('run/samples'))).toContain('00000003.html');
  // Translation needs what reads each form, too.
  expect(await readdir(at('run/model'))).toEqual(expect.arrayContaining(['audio', 'image', 'model.json', 'text']));

  expect(await main(['sample', at('run'), '--count', '3', '--out', at('samples'), ...ENGINE])).toBe(0);
  expect(await readdir(at('samples'))).toEqual(['audio', 'image', 'metadata.jsonl']);
  const made = await metadataOf('samples');
  expect(made[2]).toMatchObject({ image_file_name: 'image/000002.png', audio_file_name: 'audio/000002.wav' });
  expect(Object.keys(made[2]!)).toContain('text');
  expect(await main(['sample', at('run'), '--class', 'bird', '--out', at('x'), ...ENGINE])).toBe(1);
  expect(captured.error).toContain('are not told classes');
  expect(await main(['sample', at('run'), '--temperature', '0.5', '--out', at('x'), ...ENGINE])).toBe(1);
  expect(captured.error).toContain("unknown option 'temperature'");
  expect(await main(['sample', at('run'), '--count', '3', '--format', 'npy', '--out', at('samples'), ...ENGINE])).toBe(0);
  expect(await readFile(at('samples/audio.npy'), 'latin1')).toContain('(3, 4096, 1)');

  const picture = ['--image', at('things/pictures/000001.png')];
  const answers = ['translate', at('run'), ...picture, '--count', '2', '--out', at('answers'), ...ENGINE];
  expect(await main([...answers, '--json'])).toBe(0);
  expect(JSON.parse(captured.out.trim().split('\n').at(-1)!)).toMatchObject({ from: ['image'], to: ['audio', 'text'], count: 2 });
  expect(await readdir(at('answers'))).toEqual(['audio', 'metadata.jsonl', 'translation.html']);
  const several = ['--audio', at('things/sounds/000001.wav'), '--text', 'a purple bird', '--to', 'image', '--count', '1'];
  expect(await main(['translate', at('run'), ...several, '--refine', '2', '--out', at('several'), ...ENGINE])).toBe(0);
  expect(captured.error).toContain('has never met 1 of the 3 words');
  expect(Object.keys((await metadataOf('several'))[0]!)).toEqual(['image_file_name']);
  expect(await main(['translate', at('run'), '--count', '2', '--out', at('all'), ...ENGINE])).toBe(0);
  expect((await metadataOf('all')).slice(0, 4).map(({ shown }) => shown)).toEqual([
    'real',
    'from image',
    'from audio',
    'from text',
  ]);

  expect(await main(['interpolate', at('run'), '--count', '1', '--steps', '3', '--out', at('ways'), ...ENGINE])).toBe(0);
  expect(await metadataOf('ways')).toHaveLength(3);
  expect(await main(['evaluate', at('run'), '--count', '20', ...ENGINE])).toBe(0);
  // The kinds are easily told apart, and all classifiers find them.
  expect(captured.out).toMatch(/classifiers of image \(100 % right\), audio \(100 % right\), text \(100 % right\)/);
  expect(captured.out).toMatch(/Joint coherence +[\d.]+ +1 +higher/);
  expect(captured.out).toMatch(/image\+audio→text +[\d.]+ +1 +higher/);
  for (const form of ['image', 'audio'])
    expect(captured.out).toMatch(new RegExp(`${form}: Fréchet distance +[\\d.]+ +[\\d.e-]+ +lower`));
  expect(captured.out).toMatch(/Diversity of text→image +[\d.]+/);
  expect(captured.out).toMatch(/Code of audio classified +[\d.]+ +higher/);
  const report = await readFile(at('run/report.html'), 'utf8');
  expect(report).toMatch(
    /<div class="thing"><img src="data:image\/png[^>]*><img src="data:image\/png[^>]*alt="audio as a picture"[^>]*><audio controls[^>]*><\/audio><span>/,
  );
  for (const title of ['Interpolation', 'Translation', 'Joint coherence']) expect(report).toContain(title);
});

test('a run does it again from its run.json', async () => {
  const again = ['train', 'multimodal', '--config', at('run/run.json'), '--steps', '1', '--out', at('again'), ...ENGINE];
  expect(await main(again)).toBe(0);
  const [first, second] = await Promise.all(
    ['run', 'again'].map(async (name) => JSON.parse(await readFile(at(`${name}/run.json`), 'utf8'))),
  );
  expect(second.model).toEqual(first.model);
  expect(second.data).toEqual(first.data);
});

test('layers in common join forms that are never seen together', async () => {
  const forms = ['image_file_name', 'audio_file_name', 'text'];
  const lines = (await readFile(at('things/metadata.jsonl'), 'utf8')).split('\n').slice(0, THINGS);
  const apart = lines.flatMap((line, i) => {
    const { label, ...given } = JSON.parse(line) as Record<string, string>;
    // One that it has, and in turns of each kind each form.
    const form = [...forms, ...forms].slice(Math.floor(i / 2) % 3).find((name) => given[name]);
    return form ? JSON.stringify({ [form]: given[form], label }) : [];
  });
  await cp(at('things'), at('apart'), { recursive: true });
  await writeFile(at('apart/metadata.jsonl'), apart.join('\n'));
  const small = SMALL.map((setting) => setting.replace('codeDimensions', 'latentDimensions'));
  const train = ['train', 'multimodal', '--model', 'coupledGan', '--data', at('apart'), '--steps', '2', '--batch', '4'];
  expect(await main([...train, '--out', at('coupled'), ...small, ...ENGINE]), captured.error).toBe(0);

  expect(await main(['resume', at('coupled'), '--steps', '+1', ...ENGINE])).toBe(0);
  expect(await readdir(at('coupled/model'))).toEqual(expect.arrayContaining(['audio', 'image', 'model.json', 'text']));
  expect(await main(['sample', at('coupled'), '--count', '3', '--out', at('tuples'), ...ENGINE])).toBe(0);
  expect(Object.keys((await metadataOf('tuples'))[2]!)).toEqual(expect.arrayContaining(forms));
  const picture = ['--image', at('things/pictures/000001.png'), '--text', 'a bird', '--refine', '2', '--count', '2'];
  expect(await main(['translate', at('coupled'), ...picture, '--out', at('heard'), ...ENGINE])).toBe(0);
  expect(Object.keys((await metadataOf('heard'))[0]!)).toContain('audio_file_name');
  expect(await main(['interpolate', at('coupled'), '--count', '1', '--steps', '3', '--out', at('steps'), ...ENGINE])).toBe(0);
  expect(await main(['evaluate', at('coupled'), '--count', '20', ...ENGINE])).toBe(0);
  expect(captured.out).toMatch(/Joint coherence +[\d.]+/);
  expect(captured.out).toMatch(/image→text +[\d.]+/);
  expect(await readFile(at('coupled/report.html'), 'utf8')).toContain('Joint coherence');
});

test('two forms are enough, a VAE learns them too, and others are refused in words', async () => {
  const captions = Array.from(
    { length: 12 },
    (_, i) => `pictures/${String(i).padStart(6, '0')}.png,${i % 2 ? 'a bird' : 'a bear'}`,
  );
  await rm(at('things/metadata.jsonl'));
  await writeFile(at('things/metadata.csv'), ['file_name,text', ...captions].join('\n'));
  const train = ['train', 'multimodal', '--data', at('things'), '--steps', '1', '--batch', '4', ...ENGINE];
  const fitting = SMALL.filter((word, i) => !`${word}${SMALL[i + 1]}`.includes('audio'));
  expect(await main([...train, ...fitting, '--out', at('captions')])).toBe(0);
  const vae = [...fitting.slice(0, 6), '--set', 'recording.previewCount=2', '--model', 'multimodalVae'];
  expect(await main([...train, ...vae, '--out', at('vae')])).toBe(0);
  expect(await main(['translate', at('vae'), '--text', 'a bird', '--count', '2', '--out', at('birds'), ...ENGINE])).toBe(0);
  expect(await metadataOf('birds')).toHaveLength(2);
  expect(await main(['translate', at('captions'), '--audio', at('things/sounds/000001.wav'), ...ENGINE])).toBe(1);
  expect(captured.error).toContain('--audio: this model has image, text only');
  expect(await main(['evaluate', at('captions'), '--count', '20', ...ENGINE])).toBe(0);
  expect(captured.out).toContain("as no line of the metadata has a 'label'");
  expect(captured.out).toMatch(/Diversity of image→text +[\d.]+/);
  expect(await main([...train, '--set', 'model.modalities.audio.width=2', '--out', at('x')])).toBe(1);
  expect(captured.error).toContain('model: modalities.audio: the data have no sounds');
  expect(await main([...train, '--set', 'data.modalities.imag.size=16', '--out', at('x')])).toBe(1);
  expect(captured.error).toContain("unknown form 'imag'; did you mean 'image'?");
  expect(await main(['train', 'multimodal', '--data', at('samples/image'), '--steps', '1', ...ENGINE])).toBe(1);
  expect(captured.error).toMatch(/there is no metadata.jsonl or metadata.csv in .*"image_file_name": "1.png"/);
});
