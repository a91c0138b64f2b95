import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeWav } from './encode-wav.js';
import { readSound } from './read-sound.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'sound-'));
});
afterAll(() => rm(directory, { recursive: true }));

it('gives the beginning of a sound, or all of it and silence, at one peak', async () => {
  const [left, right] = [0.1, 0.3].map((step) => Float32Array.from({ length: 40 }, (_, i) => (i < 4 ? step : -step / 2)));
  await writeFile(path.join(directory, 'a.wav'), encodeWav({ sampleRate: 8000, channels: [left!, right!] }));
  const read = async (length: number, more = {}) => {
    const { channels, sampleRate } = await readSound(path.join(directory, 'a.wav'), { length, sampleRate: 8000, ...more });
    return { sampleRate, channels: channels.map((samples) => Array.from(samples, (value) => Math.round(value * 100) / 100)) };
  };
  // The mean of both channels is 0.2, then -0.1.
  const plain = await read(48, { normalize: 'none' });
  expect(plain).toEqual({ sampleRate: 8000, channels: [[...Array(4).fill(0.2), ...Array(36).fill(-0.1), ...Array(8).fill(0)]] });
  const stereo = await read(16, { normalize: 'none', channels: 2 });
  expect(stereo.channels.map((samples) => [samples.length, samples[0], samples.at(-1)])).toEqual([
    [16, 0.1, -0.05],
    [16, 0.3, -0.15],
  ]);
  const [peak] = (await read(16)).channels;
  expect(peak![0]! / peak!.at(-1)!).toBeCloseTo(-2, 1);
  expect(peak![0]).toBeGreaterThan(0.9);
});

it('says what is wrong with a file', async () => {
  const options = { length: 16, sampleRate: 8000 };
  await expect(readSound(path.join(directory, 'b.wav'), options)).rejects.toThrow(/b.wav: there is no such file/);
  await writeFile(path.join(directory, 'c.wav'), '');
  await expect(readSound(path.join(directory, 'c.wav'), options)).rejects.toThrow(/c.wav: the file is empty/);
});
