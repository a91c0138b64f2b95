import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCompressed } from './decode-compressed.js';
import { readWav } from './read-wav.js';
import { readSoundHeader } from './sound-header.js';
import { WaveFile } from './wave-file.js';

/**
 * A quarter of a second at 8 kHz: 440 Hz at the left, 660 Hz at the right, both of 0.5. Made by SoX 14.4 (`sox -n -r 8000 -c 2 -b 16 x.wav synth 0.25 sine
 * 440 sine 660 vol 0.5`, then `-e ima-adpcm`, `-e ms-adpcm`, `-e a-law`, `-e mu-law`, `-B -b 24`), flac 1.4 and ffmpeg 5.1 (`-b:a 32k`, `-c:a libvorbis
 * -q:a 2`, `-c:a libopus -b:a 24k`, `-rf64 always`).
 */
const fixture = (name: string) => path.join(import.meta.dirname, 'fixtures', name);
const tone = (channel: number, seconds: number) => 0.5 * Math.sin(2 * Math.PI * (channel === 0 ? 440 : 660) * seconds);

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'polygan-formats-'));
});
afterAll(() => rm(directory, { recursive: true }));

const written = async (bytes: Uint8Array) => {
  const file = path.join(directory, 'sound.wav');
  await writeFile(file, bytes);
  return file;
};

describe('WAV', () => {
  // The samples that `sox FILE -t raw -e signed -b 16 -` gives: six from the beginning of the left channel, six from 600 on of either, the sum of the sizes of the first 2000 of both.
  it.each([
    [
      'ima-adpcm.wav',
      2000,
      [592, 5165, 10_644, 14_327, 16_335, 15_727],
      [-373, -8678, -14_071, -17_012, -14_338, -8665],
      41_706_819,
    ],
    [
      'ms-adpcm.wav',
      2000,
      [596, 5456, 10_054, 14_134, 16_103, 16_015],
      [133, -8139, -13_988, -16_564, -14_367, -8497],
      41_718_549,
    ],
    ['a-law.wav', 2000, [592, 5504, 10_496, 14_080, 16_128, 16_128], [8, -8064, -14_080, -16_128, -14_592, -8448], 41_654_912],
    ['mu-law.wav', 2000, [588, 5372, 10_364, 13_948, 15_996, 15_996], [0, -8316, -13_948, -16_764, -14_460, -8316], 41_881_664],
  ])('%s is decoded as SoX decodes it', async (name, length, left, right, sum) => {
    const header = await readSoundHeader(fixture(name));
    expect(header).toMatchObject({ format: 'wav', sampleRate: 8000, channels: 2 });
    const channels = await readWav(fixture(name), header, 0, header.length);
    const values = channels.map((samples) => [...samples].slice(0, length).map((value) => Math.round(value * 32_768)));
    expect(values[0]!.slice(0, 6)).toEqual(left);
    expect(values[1]!.slice(600, 606)).toEqual(right);
    expect(values.flat().reduce((all, value) => all + Math.abs(value), 0)).toBe(sum);
    const part = await readWav(fixture(name), header, 1111, 1333);
    expect(part).toEqual(channels.map((samples) => samples.subarray(1111, 1333)));
  });

  it.each(['rf64.wav', 'rifx.wav'])('%s is read', async (name) => {
    const header = await readSoundHeader(fixture(name));
    expect(header).toMatchObject({ sampleRate: 8000, channels: 2, length: 2000 });
    const channels = await readWav(fixture(name), header, 500, 600);
    channels.forEach((samples, channel) => {
      samples.forEach((value, i) => {
        expect(Math.abs(value - tone(channel, (500 + i) / 8000))).toBeLessThan(1e-4);
      });
    });
  });

  it.each([
    ['8', [-128, 0, 64, 127].map((value) => value + 128), [-1, 0, 0.5, 127 / 128]],
    ['16', [-32_768, 0, 16_384, 1], [-1, 0, 0.5, 1 / 32_768]],
    ['24', [-(2 ** 23), 0, 2 ** 22, 1], [-1, 0, 0.5, 2 ** -23]],
    ['32', [-(2 ** 31), 0, 2 ** 30, 2 ** 8], [-1, 0, 0.5, 2 ** -23]],
    ['32f', [-1, 0, 0.5, 1.5], [-1, 0, 0.5, 1.5]],
    ['64', [-1, 0, 0.5, 0.25], [-1, 0, 0.5, 0.25]],
  ])('samples of %s bits are scaled to -1…1', async (depth, samples, expected) => {
    const file = new WaveFile();
    file.fromScratch(1, 11_025, depth, samples);
    const name = await written(file.toBuffer());
    const header = await readSoundHeader(name);
    expect(header).toMatchObject({ sampleRate: 11_025, channels: 1, length: 4 });
    expect(await readWav(name, header, 0, 4)).toEqual([Float32Array.from(expected)]);
  });

  it('is read when its size was not known to the writer, and with chunks between', async () => {
    const file = new WaveFile();
    file.fromScratch(
      3,
      96_000,
      '16',
      [[1], [2], [3]].map((values) => Int16Array.from(values)),
    );
    file.setTag('ICMT', 'odd');
    const bytes = Buffer.from(file.toBuffer());
    const start = bytes.indexOf('data');
    const odd = Buffer.concat([
      bytes.subarray(0, start),
      Buffer.from('junk\x03\0\0\0abc\0', 'latin1'),
      bytes.subarray(start, start + 14),
    ]);
    odd.writeUInt32LE(0xffffffff, odd.indexOf('data') + 4);
    const name = await written(odd);
    const header = await readSoundHeader(name);
    expect(header).toMatchObject({ channels: 3, length: 1, sampleRate: 96_000 });
    expect((await readWav(name, header, 0, 1)).map(([value]) => value! * 32_768)).toEqual([1, 2, 3]);
  });
});

describe('compressed formats', () => {
  it.each([
    ['tones.flac', 'flac', 8000, 2000, 1e-4],
    ['tones.mp3', 'mp3', 8000, 2000, 0.05],
    ['vorbis.ogg', 'vorbis', 8000, 2000, 0.05],
    ['tones.opus', 'opus', 48_000, 12_000, 0.1],
  ] as const)('%s: its header is right, and so is its sound', async (name, format, sampleRate, length, tolerance) => {
    const header = await readSoundHeader(fixture(name));
    expect(header).toEqual({ format, sampleRate, channels: 2, length });
    const channels = await decodeCompressed(fixture(name), header);
    channels.forEach((samples, channel) => {
      let squares = 0;
      for (let i = length / 4; i < (3 * length) / 4; i++) squares += (samples[i]! - tone(channel, i / sampleRate)) ** 2;
      expect(Math.sqrt(squares / (length / 2))).toBeLessThan(tolerance);
    });
  });
});

describe('broken files', () => {
  const cut = async (name: string, length: number) => written((await readFile(fixture(name))).subarray(0, length));

  it.each([
    ['rf64.wav', 4000, 'the file is cut short: '],
    ['rf64.wav', 60, 'the file ends before its sound begins'],
    ['vorbis.ogg', 3000, 'the file is cut short'],
    ['tones.mp3', 1000, 'the file is cut short: '],
    ['tones.flac', 20, 'the file ends inside its header'],
    ['rf64.wav', 0, 'the file is empty'],
  ])('%s of %d bytes', async (name, length, reason) => {
    await expect(readSoundHeader(await cut(name, length))).rejects.toThrow(reason);
  });

  it('a text, and an encoding that nobody knows', async () => {
    await expect(readSoundHeader(await written(Buffer.from('hello, I am no sound')))).rejects.toThrow(
      'not a sound, whatever its name says',
    );
    const unknown = Buffer.from(await readFile(fixture('a-law.wav')));
    unknown.writeUInt16LE(49, 20);
    await expect(readSoundHeader(await written(unknown))).rejects.toThrow('its encoding (WAV format 49, 8 bits) cannot be read');
  });

  it('a FLAC file whose middle is missing', async () => {
    const whole = await readFile(fixture('tones.flac'));
    const name = await written(whole.subarray(0, 600));
    const header = { ...(await readSoundHeader(name)), length: 80_000 };
    await expect(decodeCompressed(name, header)).rejects.toThrow('damaged');
  });
});
