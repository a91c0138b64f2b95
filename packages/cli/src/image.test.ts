import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pictureFiles } from '@polygan/image/node';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

const at = (name: string) => path.join(folder, name);
let folder: string;
/** Stripes that lie or stand, on transparent ground. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-image-'));
  const standing = tf.tidy(() => {
    const lines = tf.tile(tf.tensor([1, 1, -1, -1]).reshape([1, 1, 4, 1]), [15, 16, 4, 4]);
    return tf.mul(lines, tf.range(1, 16).div(15).reshape([15, 1, 1, 1])) as tf.Tensor4D;
  });
  const lying = standing.transpose([0, 2, 1, 3]);
  await mkdir(at('stripes'));
  await pictureFiles().writeEach(standing, at('stripes/standing'), 0);
  await pictureFiles().writeEach(lying, at('stripes/lying'), 0);
  tf.dispose([standing, lying]);
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();
const ENGINE = ['--engine', 'onnx', '--threads', '1'];
const SMALL = ['--data', 'stripes', '--size', '16', '--batch', '8', '--set', 'recording.previewCount=2'];
const train = (out: string, ...words: string[]) => {
  const small = SMALL.map((word) => (word === 'stripes' ? at(word) : word));
  return main(['train', 'image', ...small, ...words, '--out', at(out), ...ENGINE]);
};

test('a residual GAN of few pictures with opacity learns, goes on and draws by class', async () => {
  const model = ['--model', 'residualGan', '--conditional', '--set', 'model.width=2', '--set', 'model.attention=8'];
  const few = ['--channels', '4', '--flip', '--augment', '--set', 'training.augment.probability=adaptive'];
  expect(await train('run', ...model, ...few, '--steps', '2')).toBe(0);
  const record = JSON.parse(await readFile(at('run/run.json'), 'utf8'));
  expect(record.model).toMatchObject({ kind: 'residualGan', options: { channels: 4, classes: 2, attention: 8 } });
  expect(record.training.augment).toMatchObject({ policy: ['colour', 'translation', 'cutout'], probability: 'adaptive' });
  expect(record.data).toMatchObject({ options: { flip: true }, fingerprint: expect.stringMatching(/-mirrored$/) });
  expect(await main(['resume', at('run'), '--steps', '+1', ...ENGINE])).toBe(0);

  const scored = ['evaluate', at('run'), '--features', 'random', '--json', ...ENGINE];
  expect(await main(scored)).toBe(0);
  const averaged = JSON.parse(captured.out.slice(captured.out.lastIndexOf('\n{') + 1)).scores;
  expect(await main([...scored, '--last-weights'])).toBe(0);
  const last = JSON.parse(captured.out.slice(captured.out.lastIndexOf('\n{') + 1)).scores;
  expect(last[0]).toMatchObject({ metric: 'frechetDistance', realValue: averaged[0].realValue });
  expect(last[0].value).not.toBe(averaged[0].value);
  // What is kept is of the weights that the run samples with.
  expect(JSON.parse(await readFile(at('run/scores.json'), 'utf8')).scores[0].value).toBe(averaged[0].value);

  expect(await main(['sample', at('run'), '--count', '2', '--class', 'lying', '--out', at('samples'), ...ENGINE])).toBe(0);
  // The colour type of a PNG file that has opacity.
  expect((await readFile(at('samples/000001.png')))[25]).toBe(6);
});

test('a VAE learns, goes from picture to picture, and is scored by class', async () => {
  const tiny = ['--batch', '8', '--set', 'model.width=2', '--set', 'recording.previewCount=2', '--steps', '2'];
  const words = ['train', 'image', '--data', 'digits', '--model', 'imageVae', '--conditional', ...tiny];
  expect(await main([...words, '--out', at('vae'), ...ENGINE])).toBe(0);
  expect(await main(['interpolate', at('vae'), '--count', '1', '--steps', '3', '--out', at('ways'), ...ENGINE])).toBe(0);
  expect(captured.out).toContain('1 way of 3 pictures');
  expect(await main(['evaluate', at('vae'), '--count', '12', ...ENGINE])).toBe(0);
  expect(captured.out).toMatch(/Class accuracy +[\d.]+ +higher/);
  expect(captured.out).toMatch(/Classification accuracy +[\d.]+ +[\d.]+ +higher/);
  // Tested on all pictures that are kept for tests.
  expect(JSON.parse(await readFile(at('vae/scores.json'), 'utf8')).scores[1]).toMatchObject({ real: 997, fake: 12 });
  expect(await main(['evaluate', at('vae'), '--count', '12', '--last-weights', ...ENGINE])).toBe(1);
  expect(captured.error).toContain('imageVae keeps no average of its weights');
  expect(captured.out).toMatch(/Inception score +[\d.]+ +[\d.]+ +higher/);
});

test('a classifier learns from as many generated pictures as there are, where a folder keeps others for tests', async () => {
  for (const kind of ['standing', 'lying']) await cp(at(`stripes/${kind}`), at(`split/train/${kind}`), { recursive: true });
  await cp(at('stripes'), at('split/test'), { recursive: true });
  await rm(at('split/test/lying/000000.png'));
  const words = ['--data', at('split'), '--conditional', '--set', 'model.width=2', '--steps', '1'];
  expect(await train('of-split', ...words)).toBe(0);
  expect(await main(['evaluate', at('of-split'), '--features', 'classes', ...ENGINE])).toBe(0);
  const { scores } = JSON.parse(await readFile(at('of-split/scores.json'), 'utf8'));
  expect(scores[0]).toMatchObject({ metric: 'classAccuracy', real: 15, fake: 15 });
  expect(scores[1]).toMatchObject({ metric: 'classificationAccuracy', real: 29, fake: 30 });
});

test('flip is on or off', async () => {
  expect(await train('none', '--set', 'data.flip=often', '--steps', '1')).toBe(1);
  expect(captured.error).toContain("'flip' must be true or false, got 'often'");
});

test('pictures are made from what is left of them, or from others of the same names', async () => {
  const tiny = ['--set', 'model.width=2', '--steps', '2'];
  expect([await train('from-gap', '--channels', '4', '--from', 'gap', '--flip', ...tiny), captured.error]).toEqual([0, '']);
  const record = JSON.parse(await readFile(at('from-gap/run.json'), 'utf8'));
  expect(record.model.options).toMatchObject({ fromChannels: 4 });
  expect(record.data).toMatchObject({ options: { from: 'gap' }, fingerprint: expect.stringMatching(/-from-gap-mirrored$/) });
  expect(await main(['resume', at('from-gap'), '--steps', '+1', ...ENGINE])).toBe(0);

  const picture = at('stripes/lying/000003.png');
  const asked = ['sample', at('from-gap'), '--from', picture, '--out', at('guesses'), '--json', ...ENGINE];
  expect(await main([...asked, '--count', '3'])).toBe(0);
  expect(JSON.parse(captured.out.slice(captured.out.lastIndexOf('\n{') + 1)).files).toHaveLength(3);
  // A folder: one of each.
  const many = asked.map((word) => (word === picture ? at('stripes/lying') : word));
  expect(await main(many)).toBe(0);
  expect(JSON.parse(captured.out.slice(captured.out.lastIndexOf('\n{') + 1)).files).toHaveLength(15);

  expect([await main(['evaluate', at('from-gap'), '--features', 'random', ...ENGINE]), captured.error]).toEqual([0, '']);
  expect(captured.out).toMatch(/Agreement with what it is made from +-?[\d.e-]+ +1 +higher/);
  expect(captured.out).toMatch(/Variety under one condition +[\d.e-]+ +higher/);
  expect(await main(['interpolate', at('from-gap'), '--count', '2', '--steps', '3', '--out', at('under-one'), ...ENGINE])).toBe(
    0,
  );

  const pairs = ['--from', at('stripes'), '--data', at('stripes')];
  expect(await train('from-folder', ...pairs, ...tiny)).toBe(0);
  expect(await main(['sample', at('from-folder'), '--count', '2', '--out', at('of-folder'), ...ENGINE])).toBe(0);
  expect(await main(['sample', at('run'), '--from', picture, '--out', at('never'), ...ENGINE])).toBe(1);
  expect(captured.error).toContain('makes its pictures from no others');
});

test('pictures have as much of each attribute as is asked for', async () => {
  const lines = Array.from({ length: 15 }, (_, i) => [
    { file_name: `standing/${String(i).padStart(6, '0')}.png`, tilt: 0, brightness: i, artist: 'Ada' },
    {
      file_name: `lying/${String(i).padStart(6, '0')}.png`,
      tilt: true,
      brightness: i,
      ...(i === 0 && { brightness: undefined }),
    },
  ]).flat();
  await cp(at('stripes'), at('told'), { recursive: true });
  await writeFile(at('told/metadata.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const words = ['--data', at('told'), '--set', 'model.width=2', '--steps', '2'];
  expect(await train('attributes', ...words, '--attributes', 'tilt,brightness')).toBe(0);
  expect(captured.error).toContain('lying/000000.png (its attributes are not all told)');
  const { data, model } = JSON.parse(await readFile(at('attributes/run.json'), 'utf8'));
  expect(data.size).toBe(29);
  expect(data.options.attributes.map(({ name }: { name: string }) => name)).toEqual(['tilt', 'brightness']);
  expect(data.options.attributes[1].mean).toBeCloseTo((2 * 105) / 29, 6);
  expect(model.options.attributes).toBe(2);
  expect(await train('all', ...words, '--attributes')).toBe(0);
  // Not every line has a brightness.
  expect(JSON.parse(await readFile(at('all/run.json'), 'utf8')).data.options.attributes).toMatchObject([{ name: 'tilt' }]);

  const sampled = (out: string, asked: string) =>
    main(['sample', at('attributes'), '--count', '2', '--attributes', asked, '--out', at(out), ...ENGINE]);
  expect(await sampled('half', 'tilt=1')).toBe(0);
  await rm(at('told'), { recursive: true });
  // Where all is said the data are not needed.
  expect(await sampled('whole', 'tilt=1,brightness=14')).toBe(0);
  expect(await sampled('dark', 'tilt=1,brightness=0')).toBe(0);
  expect(await readFile(at('whole/000000.png'))).not.toEqual(await readFile(at('dark/000000.png')));
  expect(await sampled('never', 'tild=1')).toBe(1);
  expect(captured.error).toContain("unknown attribute 'tild'; did you mean 'tilt'?");
  expect(await sampled('never', 'tilt=much')).toBe(1);
  expect(captured.error).toContain("'tilt=much' must say how much");
});
