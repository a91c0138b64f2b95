import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { soundFiles } from '@polygan/audio/node';
import type { Score } from '@polygan/core/node';
import { drumSoundSamples } from '@polygan/datasets';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capturedOutput } from './captured-output.js';
import { main } from './main.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-audio-'));
  const sounds = tf.tidy(() => {
    const times = tf.range(0, 4096).div(8000).reshape([1, 4096, 1]);
    const pitches = tf.range(0, 24).mul(30).add(200).reshape([24, 1, 1]);
    return tf.mul(tf.sin(tf.mul(tf.mul(times, pitches), 2 * Math.PI)), tf.exp(tf.mul(times, -8)));
  });
  await soundFiles({ sampleRate: 8000 }).writeEach(sounds, at('tones'), 0);
  sounds.dispose();
  await mkdir(at('tones/broken'));
  await writeFile(at('tones/broken/empty.wav'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const captured = capturedOutput();

const at = (name: string) => path.join(folder, name);
const ENGINE = ['--engine', 'onnx', '--threads', '1'];

test('sounds are surveyed, learnt, resumed, made, blended and scored', async () => {
  expect(await main(['data', at('tones')])).toBe(0);
  expect(captured.out).toContain('24 sounds');
  expect(captured.out).toContain('broken/empty.wav: the file is empty');
  expect(captured.out).toMatch(/train audio --data .*tones --length 4096 --sample-rate 8000 --channels 1 --slices first/);

  const small = ['--batch', '4', '--set', 'model.width=2', '--set', 'recording.previewCount=3'];
  expect(await main(['train', 'audio', '--data', at('tones'), '--steps', '2', ...small, '--out', at('run'), ...ENGINE])).toBe(0);
  expect(captured.out).toContain('waveGan on 24 sounds of length 4,096 and channels 1 and sampleRate 8,000');
  expect(captured.error).toContain('Left out: broken/empty.wav (the file is empty).');
  expect(await main(['resume', at('run'), '--steps', '+1', ...ENGINE])).toBe(0);
  expect(await readdir(at('run/samples'))).toEqual(expect.arrayContaining(['00000003.png', '00000003.wav']));

  expect(await main(['sample', at('run'), '--count', '3', '--out', at('samples'), ...ENGINE])).toBe(0);
  expect(await readdir(at('samples'))).toEqual(['000000.wav', '000001.wav', '000002.wav']);
  // 44 bytes of header and two for each sample.
  expect((await stat(at('samples/000002.wav'))).size).toBe(44 + 2 * 4096);
  expect(await main(['interpolate', at('run'), '--count', '1', '--steps', '3', '--out', at('ways'), ...ENGINE])).toBe(0);
  expect(await readdir(at('ways'))).toEqual(expect.arrayContaining(['interpolation.wav', 'interpolation.png', '000002.wav']));

  expect(await main(['evaluate', at('run'), '--count', '12', '--features', 'random', ...ENGINE])).toBe(0);
  const folders = ['--fake', at('tones'), '--real', at('tones'), '--count', '12', '--features', 'random'];
  expect(await main(['evaluate', ...folders, ...ENGINE])).toBe(0);
  expect(captured.out).toMatch(/12 of the 24 sounds of .*tones, against 12 of the 24 sounds of .*tones/);
  expect(await main(['evaluate', '--fake', at('tones')])).toBe(1);
  expect(await readdir(at('run/gallery'))).toEqual(
    expect.arrayContaining(['generated.png', 'generated.wav', 'nearest.png', 'nearest.wav', 'real.png', 'real.wav']),
  );
  expect(captured.out).toMatch(/Loudness distance \(dB\) +[\d.]+ +[\d.e-]+ +lower/);
  expect(captured.out).toMatch(/Spectral envelope distance \(dB\) +[\d.]+ +[\d.e-]+ +lower/);
  expect(captured.out).toMatch(/Fréchet distance +[\d.]+/);
  const report = await readFile(at('run/report.html'), 'utf8');
  expect(report).toMatch(
    /<div class="places"><img src="data:image\/png;base64,[^>]*><button [^>]*aria-label="Play sound 1".*<audio controls/s,
  );
});

test('sounds of a folder are compared with ready-made ones as loud as they are', async () => {
  const { values, sampleShape } = drumSoundSamples({ count: 24 });
  const quiet = tf.tidy(() => tf.mul(tf.tensor3d(values, [24, ...(sampleShape as [number, number])]), 0.1));
  await soundFiles({ sampleRate: 16_000 }).writeEach(quiet, at('quiet'), 0);
  quiet.dispose();
  const compared = ['--fake', at('quiet'), '--real', 'drums', '--count', '24', '--features', 'random', '--json'];
  expect(await main(['evaluate', ...compared, ...ENGINE])).toBe(0);
  const { scores } = JSON.parse(captured.out.trim().split('\n').at(-1)!) as { scores: Score[] };
  const { value } = scores.find(({ metric }) => metric === 'loudnessDistance')!;
  expect(value).toBeGreaterThan(10);
});

test('groups of sounds are found before training, and asked for by their number', async () => {
  const small = ['--batch', '4', '--set', 'model.width=2', '--set', 'recording.previewCount=3', '--clusters', '3'];
  const run = ['train', 'audio', '--data', at('tones'), '--steps', '2', ...small, '--out', at('grouped'), ...ENGINE];
  expect(await main(run)).toBe(0);
  const { model } = JSON.parse(await readFile(at('grouped/run.json'), 'utf8'));
  const { sizes, classOf, members } = model.options.clusters;
  expect([sizes.length, classOf, members.split(' ').length]).toEqual([3, [], 24]);
  expect(await main(['resume', at('grouped'), '--steps', '+1', ...ENGINE])).toBe(0);
  const sample = ['sample', at('grouped'), '--count', '2', '--out', at('of-one-group'), ...ENGINE];
  expect(await main([...sample, '--cluster', '2'])).toBe(0);
  expect(await main([...sample, '--cluster', '3'])).not.toBe(0);
  expect(captured.error).toContain('cluster must be a cluster of the model, 0 to 2; got 3');
  // Once more as it was, from its record.
  expect(await main(['train', 'audio', '--config', at('grouped/run.json'), '--out', at('again'), ...ENGINE])).toBe(0);
  const again = JSON.parse(await readFile(at('again/run.json'), 'utf8'));
  expect(again.model.options.clusters).toEqual(model.options.clusters);

  // Pieces at random places are others in each pass.
  const pieces = [
    'train',
    'audio',
    '--data',
    at('tones'),
    '--slices',
    'random',
    '--steps',
    '1',
    '--batch',
    '4',
    '--set',
    'model.width=2',
  ];
  expect(await main([...pieces, '--out', at('pieces'), ...ENGINE])).toBe(0);
  const ungrouped = JSON.parse(await readFile(at('pieces/run.json'), 'utf8'));
  expect(ungrouped.model.options).toMatchObject({ encoder: true });
  expect(ungrouped.model.options.clusters).toBeUndefined();
});

test('a model that sees sounds as pictures makes sounds all the same', async () => {
  const small = ['--batch', '4', ...['width=2', 'griffinLimRounds=2'].flatMap((option) => ['--set', `model.${option}`])];
  const few = ['--set', 'recording.previewCount=2'];
  const train = ['train', 'audio', '--model', 'specGan', '--data', at('tones'), '--steps', '2', '--out', at('pictures')];
  expect(await main([...train, ...small, ...few, ...ENGINE])).toBe(0);
  const { model } = JSON.parse(await readFile(at('pictures/run.json'), 'utf8'));
  // 16 ms at 8000 Hz are 128 samples, which have 65 frequency bins.
  expect(model.options).toMatchObject({ length: 4096, sampleRate: 8000, frameLength: 128 });
  expect([model.options.moments.mean.length, model.options.moments.deviation.length]).toEqual([65, 65]);
  expect(await main(['resume', at('pictures'), '--steps', '+1', ...ENGINE])).toBe(0);
  // 44 bytes of header and two for each sample; 0.2 s of silence lie between two sounds.
  expect((await stat(at('pictures/samples/00000003.wav'))).size).toBe(44 + 2 * (2 * 4096 + 1600));

  expect(await main(['sample', at('pictures'), '--count', '3', '--out', at('heard'), ...ENGINE])).toBe(0);
  expect((await stat(at('heard/000002.wav'))).size).toBe(44 + 2 * 4096);
  expect(await main(['sample', at('pictures'), '--count', '3', '--format', 'npy', '--out', at('heard'), ...ENGINE])).toBe(0);
  expect(await readFile(at('heard/samples.npy'), 'latin1')).toContain('(3, 4096, 1)');
  expect(await main(['interpolate', at('pictures'), '--count', '1', '--steps', '3', '--out', at('between'), ...ENGINE])).toBe(0);
  expect((await stat(at('between/000002.wav'))).size).toBe(44 + 2 * 4096);
  expect(await main(['evaluate', at('pictures'), '--count', '12', '--features', 'random', ...ENGINE])).toBe(0);
  expect(captured.out).toMatch(/Loudness distance \(dB\) +[\d.]+ +[\d.e-]+ +lower/);
});

test('says what to do where options do not fit', async () => {
  const one = ['train', 'audio', '--data', at('tones'), '--steps', '1', ...ENGINE];
  expect(await main([...one, '--clusters', '1'])).not.toBe(0);
  expect(captured.error).toContain("'clusters' must be a whole number from 2, got 1");
  expect(await main(['train', 'audio', '--data', at('tones'), '--steps', '1', '--conditional', ...ENGINE])).not.toBe(0);
  expect(captured.error).toContain('has no classes');
  const pictures = ['train', 'audio', '--model', 'specGan', '--data', at('tones'), '--steps', '1', ...ENGINE];
  expect(await main([...pictures, '--set', 'model.frameLength=300'])).not.toBe(0);
  expect(captured.error).toMatch(/'frameLength' must be .*got 300/);
});
