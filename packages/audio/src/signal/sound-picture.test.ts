import { expect, it } from 'vitest';
import { magma } from './colour-map.js';
import { soundGrid } from './sound-grid.js';
import { spectrogramPicture, waveformPicture } from './sound-picture.js';

const tone = (hz: number) => ({
  sampleRate: 8000,
  channels: [Float32Array.from({ length: 4000 }, (_, i) => (i < 2000 ? 0.5 * Math.sin((2 * Math.PI * hz * i) / 8000) : 0))],
});
const brightness = (data: Uint8ClampedArray, pixel: number) => data[3 * pixel]! + data[3 * pixel + 1]! + data[3 * pixel + 2]!;

it.each([
  [300, 7],
  [1000, 26],
  [3000, 54],
])('a tone of %d Hz is a bright line in its band while it sounds', async (hz, band) => {
  const { width, height, data } = await spectrogramPicture(tone(hz), { width: 40, height: 62 });
  const column = (x: number) => Array.from({ length: height }, (_, y) => brightness(data, y * width + x));
  const sounding = column(10);
  // librosa 0.11: numpy.abs(librosa.mel_frequencies(64, fmin=0, fmax=4000) - hz).argmin() - 1, from below.
  expect(Math.abs(height - 1 - sounding.indexOf(Math.max(...sounding)) - band)).toBeLessThanOrEqual(1);
  expect(Math.max(...column(32))).toBe(brightness(Uint8ClampedArray.from([0, 0, 4]), 0));
});

it('a waveform reaches as far up and down as its samples', () => {
  const { data } = waveformPicture(tone(500), { width: 20, height: 41 });
  const lit = (x: number) => Array.from({ length: 41 }, (_, y) => y).filter((y) => brightness(data, y * 20 + x) > 300);
  expect([lit(3)[0], lit(3).at(-1)]).toEqual([10, 30]);
  expect(lit(15)).toEqual([20]);
});

it('a grid has a cell for each sound', async () => {
  const { width, height } = await soundGrid([tone(300), tone(400), tone(500)], { columns: 2, width: 30, padding: 2 });
  expect([width, height]).toEqual([2 * 32 + 2, 2 * 94 + 2]);
  await expect(soundGrid([])).rejects.toThrow('expected at least one sound');
});

it('colours go from black to pale yellow, as matplotlib has them', () => {
  // matplotlib.colormaps['magma'](0.5), rounded to bytes.
  expect([0, 1, 2].map((channel) => magma(0.5, channel))).toEqual([183, 55, 121]);
});
