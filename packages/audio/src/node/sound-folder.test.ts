import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Batch } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeWav } from './encode-wav.js';
import { soundFolder } from './sound-folder.js';
import { surveySounds } from './survey-sounds.js';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polygan-sounds-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Writes a sound whose samples are one number each, in thousandths. */
async function put(name: string, thousandths: readonly number[], { sampleRate = 8000, channels = 1 } = {}): Promise<void> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  const samples = Float32Array.from(thousandths, (value) => value / 1000);
  await writeFile(
    file,
    encodeWav({ sampleRate, channels: Array.from({ length: channels }, (_, c) => samples.map((v) => v * (1 - c))) }),
  );
}

const ramp = (length: number, from = 1) => Array.from({ length }, (_, i) => i + from);
const thousandths = (values: ArrayLike<number>) => Array.from(values, (value) => Math.round(value * 1000));

/** The samples of a batch in thousandths, sound by sound, and their labels. */
async function valuesOf({ samples, labels }: Batch): Promise<{ rows: number[][]; labels: number[] }> {
  const rows = (await (samples as tf.Tensor3D).array()).map((sound) => thousandths(sound.flat()));
  const names = [...((await labels?.data()) ?? [])];
  tf.dispose([samples, ...(labels ? [labels] : [])]);
  return { rows, labels: names };
}

describe('samples', () => {
  it('are the beginnings of sounds, with silence to their end or around them', async () => {
    await put('a.wav', ramp(20));
    await put('b.wav', ramp(10, 101));
    const first = await soundFolder(directory, { length: 16, sampleRate: 8000, normalize: 'none' });
    expect([first.size, first.files, first.sampleShape, first.slices]).toEqual([2, 2, [16, 1], 'first']);
    const padded = (before: number) => [...Array(before).fill(0), ...ramp(10, 101), ...Array(6 - before).fill(0)];
    expect((await valuesOf(await first.batch([1, 0]))).rows).toEqual([padded(0), ramp(16)]);
    const centred = await soundFolder(directory, { length: 16, padding: 'centre', normalize: 'none' });
    expect((await valuesOf(await centred.batch([1]))).rows).toEqual([padded(3)]);
  });

  it.each([0, 1e6])('overlap evenly from the beginning to the end of a sound, with %d bytes of memory', async (cacheBytes) => {
    await put('a.wav', ramp(50));
    await put('b.wav', ramp(16, 101));
    const sounds = await soundFolder(directory, {
      length: 16,
      slices: 'overlapping',
      overlap: 0.25,
      normalize: 'none',
      cacheBytes,
    });
    expect(sounds.size).toBe(5);
    const { rows } = await valuesOf(await sounds.batch([0, 1, 2, 3, 4]));
    // Steps of at most 12 from 0 to 34: four slices.
    expect(rows.map(([first]) => first)).toEqual([1, 12, 24, 35, 101]);
    expect(rows[3]).toEqual(ramp(16, 35));
  });

  it.each([0, 1e6])(
    'at random places are others in each pass, and the same when asked for again, with %d bytes of memory',
    async (cacheBytes) => {
      await put('a.wav', ramp(500));
      await put('b.wav', ramp(7, 801));
      const open = () => soundFolder(directory, { length: 16, slices: 'random', cacheBytes });
      const sounds = await open();
      expect(sounds.size).toBe(32);
      const indices = [...Array(30).keys(), 31];
      const pass = async (epoch: number, from = sounds) => {
        const { rows } = await valuesOf(
          await from.batch(
            indices,
            indices.map(() => epoch),
          ),
        );
        for (const row of rows.slice(0, 30)) expect(row).toEqual(ramp(16, row[0]));
        return rows.map(([first]) => first!);
      };
      const starts = await pass(3);
      expect(await pass(3, await open())).toEqual(starts);
      expect(await pass(4)).not.toEqual(starts);
      expect(starts.at(-1)).toBe(801);
      expect(new Set(starts).size).toBeGreaterThan(25);
      expect(Math.max(...starts.slice(0, 30))).toBeGreaterThan(400);
    },
  );

  it('are at one rate, with the channels that were asked for', async () => {
    const tone = (rate: number) => Array.from({ length: rate / 4 }, (_, i) => 800 * Math.sin((2 * Math.PI * 500 * i) / rate));
    await put('a.wav', tone(48_000), { sampleRate: 48_000, channels: 2 });
    await put('b.wav', tone(8000));
    const mono = await soundFolder(directory, { length: 1024, sampleRate: 8000, normalize: 'none' });
    const { rows } = await valuesOf(await mono.batch([0, 1]));
    // Left sounds and right does not: half as loud.
    for (let i = 200; i < 800; i++) expect(Math.abs(rows[0]![i]! - rows[1]![i]! / 2)).toBeLessThan(1.5);
    const stereo = await soundFolder(directory, { length: 1024, sampleRate: 8000, channels: 2, normalize: 'none' });
    const both = (await valuesOf(await stereo.batch([0, 1]))).rows;
    for (let i = 200; i < 800; i++) {
      expect(Math.abs(both[0]![2 * i]! - both[1]![2 * i]!)).toBeLessThan(1.5);
      expect(both[0]![2 * i + 1]).toBe(0);
      expect(both[1]![2 * i + 1]).toBe(both[1]![2 * i]);
    }
  });

  it.each([0, 1e6])('are trimmed and normalised clip by clip, with %d bytes of memory', async (cacheBytes) => {
    const clip = (loudness: number) => [...Array(2048).fill(0), ...Array(1024).fill(loudness), ...Array(2048).fill(0)];
    await put('a.wav', clip(200));
    await put('b.wav', clip(50));
    const sounds = await soundFolder(directory, { length: 4096, trimSilence: true, cacheBytes });
    for (let pass = 0; pass < 2; pass++) {
      const { rows } = await valuesOf(await sounds.batch([0, 1]));
      expect(rows[0]).toEqual(rows[1]);
      // Frames of 512 samples every 128: all that touch the sound, from 2048 - 256 on.
      expect(rows[0]!.indexOf(1000)).toBeLessThanOrEqual(256);
      expect(rows[0]!.filter((value) => value === 1000)).toHaveLength(1024);
    }
    const loud = await soundFolder(directory, { length: 4096, normalize: 'loudness', trimSilence: true, cacheBytes });
    const { rows } = await valuesOf(await loud.batch([0]));
    const sounding = rows[0]!.filter((value) => value !== 0);
    expect(sounding).toHaveLength(1024);
    expect(sounding[0]).toBeGreaterThan(100);
  });
});

describe('classes', () => {
  const names = (all: string[]) => Promise.all(all.map((name) => put(name, ramp(20))));

  it('are sub-folders, or what stands before the underscore, or none', async () => {
    await names(Array.from({ length: 16 }, (_, i) => `${i % 2}/${'xy'[i >> 3]}_${i}.wav`));
    const labelsOf = async (classes?: 'prefix' | 'none') => {
      const sounds = await soundFolder(directory, { length: 16, ...(classes && { classes }) });
      return [sounds.classRule, sounds.classNames, (await valuesOf(await sounds.batch([0, 7, 8]))).labels];
    };
    expect(await labelsOf()).toEqual(['folders', ['0', '1'], [0, 0, 1]]);
    expect(await labelsOf('prefix')).toEqual(['prefix', ['x', 'y'], [0, 1, 0]]);
    expect(await labelsOf('none')).toEqual(['none', undefined, []]);
  });

  it('are taken from prefixes by themselves only if all have one and there are enough of each', async () => {
    await names(Array.from({ length: 16 }, (_, i) => `${i % 2}_${i}.wav`));
    expect(await soundFolder(directory, { length: 16 })).toMatchObject({ classRule: 'prefix', classNames: ['0', '1'] });
    await names(['2_odd.wav']);
    expect(await soundFolder(directory, { length: 16 })).toMatchObject({ classRule: 'none' });
    await names(['odd.wav']);
    await expect(soundFolder(directory, { length: 16, classes: 'prefix' })).rejects.toThrow(
      'soundFolder: cannot take classes from the beginnings of names: odd.wav has none; name every sound CLASS_….wav',
    );
  });
});

describe('folders as they are', () => {
  it('names what it leaves out, and why', async () => {
    await put('a.wav', ramp(20));
    await put('deep/er/b.wav', ramp(20));
    await put('none.wav', []);
    await writeFile(path.join(directory, 'empty.wav'), '');
    await writeFile(path.join(directory, 'c.m4a'), 'x');
    await writeFile(path.join(directory, '.hidden.wav'), 'x');
    await writeFile(path.join(directory, 'notes.txt'), 'x');
    const { skipped, files } = await soundFolder(directory, { length: 16 });
    expect(files).toBe(2);
    expect(skipped).toEqual([
      { name: 'c.m4a', reason: '.m4a files cannot be read; convert it to .wav' },
      { name: 'empty.wav', reason: 'the file is empty' },
      { name: 'none.wav', reason: 'it holds no sound' },
    ]);
  });

  it('lets the next whole sound stand in for one that breaks during training', async () => {
    for (const name of ['a', 'b', 'c']) await put(`${name}_x.wav`, ramp(20, name.charCodeAt(0)));
    const sounds = await soundFolder(directory, { length: 16, decodeFirst: false, cacheBytes: 0, classes: 'prefix' });
    await writeFile(path.join(directory, 'b_x.wav'), 'gone');
    const { rows, labels } = await valuesOf(await sounds.batch([1, 2]));
    expect(rows[0]).toEqual(rows[1]);
    expect(labels).toEqual([2, 2]);
    expect(sounds.skipped).toEqual([{ name: 'b_x.wav', reason: 'the file has become shorter' }]);
    await rm(path.join(directory, 'a_x.wav'));
    await rm(path.join(directory, 'c_x.wav'));
    await expect(sounds.batch([0])).rejects.toThrow('moved or deleted while they were in use?');
  });

  it('has another fingerprint when files or settings are others', async () => {
    await put('a.wav', ramp(40));
    await put('b.wav', ramp(40));
    const print = async (options = {}) => (await soundFolder(directory, { length: 16, ...options })).fingerprint;
    const prints = [
      await print(),
      await print({ sampleRate: 4000 }),
      await print({ normalize: 'peak' }),
      await print({ slices: 'overlapping' }),
    ];
    expect(await print()).toBe(prints[0]);
    await put('b.wav', ramp(40, 2));
    prints.push(await print());
    expect(new Set(prints).size).toBe(5);
  });

  it('reads compressed sounds beside others', async () => {
    const fixtures = path.join(import.meta.dirname, 'formats', 'fixtures');
    await cp(fixtures, directory, { recursive: true });
    const sounds = await soundFolder(directory, {
      length: 2048,
      sampleRate: 8000,
      channels: 2,
      normalize: 'none',
      cacheBytes: 0,
    });
    expect([sounds.size, sounds.skipped]).toEqual([10, []]);
    const { rows } = await valuesOf(await sounds.batch([...Array(10).keys()]));
    // Left and right of a place in the middle of every file: the same tones.
    for (const row of rows) {
      for (const i of [1000, 1007]) {
        expect(Math.abs(row[2 * i]! / 1000 - 0.5 * Math.sin((2 * Math.PI * 440 * i) / 8000))).toBeLessThan(0.1);
        expect(Math.abs(row[2 * i + 1]! / 1000 - 0.5 * Math.sin((2 * Math.PI * 660 * i) / 8000))).toBeLessThan(0.1);
      }
    }
  });

  it('says what is wrong', async () => {
    await expect(soundFolder(path.join(directory, 'nowhere'))).rejects.toThrow(
      'there is nothing at that path; check its spelling',
    );
    await expect(soundFolder(directory)).rejects.toThrow('can be used. Looked for .wav');
    await put('a.wav', ramp(20));
    await expect(soundFolder(directory, { length: 16 })).rejects.toThrow('it gives one sample; training needs at least two');
    await expect(soundFolder(directory, { lenght: 16 } as object)).rejects.toThrow("did you mean 'length'?");
  });
});

describe('surveySounds', () => {
  it('counts what there is, and proposes what to train with', async () => {
    for (let i = 0; i < 30; i++)
      await put(`${i < 10 ? 'low' : 'high'}/${i}.wav`, ramp(i === 29 ? 40_000 : 5000 + i), {
        sampleRate: 22_050,
        channels: 1 + (i % 2),
      });
    await writeFile(path.join(directory, 'low', 'broken.wav'), 'x');
    const survey = await surveySounds(directory);
    expect(survey).toMatchObject({
      count: 30,
      classRule: 'folders',
      skipped: [{ name: 'low/broken.wav', reason: 'not a sound, whatever its name says' }],
      // 95 % of the sounds are shorter than 5029 / 22050 s, which is 3650 samples at 16 kHz.
      proposal: { sampleRate: 16_000, length: 4096, channels: 1, slices: 'first' },
    });
    expect([...survey.classes]).toEqual([
      ['high', 20],
      ['low', 10],
    ]);
    expect([...survey.sampleRates]).toEqual([[22_050, 30]]);
    expect(survey.channels.get(2)).toBe(15);
    expect(survey.durations.shortest).toBeCloseTo(5000 / 22_050, 6);
    expect(survey.durations.longest).toBeCloseTo(40_000 / 22_050, 6);
  });
});
