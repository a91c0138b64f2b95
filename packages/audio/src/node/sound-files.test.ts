import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { decode } from 'fast-png';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WaveFile } from './formats/wave-file.js';
import { soundFiles } from './sound-files.js';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polygan-sound-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

const read = async (name: string) => {
  const file = new WaveFile(await readFile(path.join(directory, name)));
  return {
    rate: (file.fmt as { sampleRate: number }).sampleRate,
    depth: file.bitDepth,
    samples: file.getSamples(false, Int16Array) as unknown,
  };
};

it('writes a WAV file of 16 bits for each sound, clipped to what it can hold', async () => {
  const samples = tf.tensor3d([0, 0.5, -2, 1, -1, 0.25, 0, 0], [2, 2, 2]);
  expect(await soundFiles({ sampleRate: 11_025 }).writeEach(samples, directory, 7)).toEqual(['000007.wav', '000008.wav']);
  const { rate, depth, samples: channels } = await read('000007.wav');
  expect([rate, depth]).toEqual([11_025, '16']);
  expect(channels).toEqual([Int16Array.of(0, -32_767), Int16Array.of(16_384, 32_767)]);
  samples.dispose();
});

it('writes all sounds into one file with silence between, and a picture of them beside it', async () => {
  const samples = tf.tidy(() =>
    tf.ones<tf.Rank.R3>([3, 400, 1]).mul(tf.tensor1d([0.1, 0.2, 0.3]).reshape([3, 1, 1])),
  ) as tf.Tensor3D;
  await soundFiles({ sampleRate: 1000, gap: 0.1, columns: 2, width: 20, padding: 1 }).writePreview(
    samples,
    path.join(directory, 'sub', '00000200.wav'),
  );
  const { samples: all } = await read('sub/00000200.wav');
  const values = [...(all as Int16Array)];
  expect(values).toHaveLength(3 * 400 + 2 * 100);
  expect([values[0], values[399], values[400], values[499], values[500], values[1399]]).toEqual([3277, 3277, 0, 0, 6553, 9830]);
  const picture = decode(await readFile(path.join(directory, 'sub', '00000200.png')));
  expect([picture.width, picture.height, picture.channels]).toEqual([2 * 21 + 1, 2 * 93 + 1, 3]);
  // The third sound: after two of 0.4 s and two pauses of 0.1 s, at the left of the second row.
  const places = JSON.parse(await readFile(path.join(directory, 'sub', '00000200.json'), 'utf8'));
  expect(places).toHaveLength(3);
  expect(places[2]).toEqual({ from: 1, to: 1.4, left: 1 / 43, top: 94 / 187, width: 20 / 43, height: 92 / 187 });
  samples.dispose();
});
