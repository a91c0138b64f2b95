import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { soundFiles, soundFolder } from '@polygan/audio/node';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutRemarks } from './cut-remarks.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'polygan-cut-'));
  for (const [first, count, length] of [
    [0, 3, 8000],
    [3, 1, 16_000],
  ] as const) {
    const sounds = tf.randomUniform([count, length, 1], -0.5, 0.5, 'float32', 1);
    await soundFiles({ sampleRate: 8000 }).writeEach(sounds, folder, first);
    sounds.dispose();
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('says how much is cut off, and what to do', async () => {
  const remarks = async (options: object) =>
    cutRemarks(await soundFolder(folder, options), '--length ', '--slices overlapping uses all of them');
  expect(await remarks({ length: 8000, slices: 'first' })).toEqual([
    '1 of 4 sounds are longer than 1.00 s and lose their ends, 20 % of all sound; --length 16000 keeps twice as much of each, --slices overlapping uses all of them.',
  ]);
  expect(await remarks({ length: 4000, slices: 'first' })).toEqual([
    expect.stringMatching(/^4 of 4 sounds .*, 60 % of all sound/),
  ]);
  expect(await remarks({ length: 16_000, slices: 'first' })).toEqual([]);
  expect(await remarks({ length: 8000, slices: 'overlapping' })).toEqual([]);
});
