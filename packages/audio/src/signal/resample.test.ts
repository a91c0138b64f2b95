import { describe, expect, it } from 'vitest';
import { neededFor, resample } from './resample.js';

/** A short tone under a bell: it holds nothing above a sixth of the rate, so it is known at every other rate. */
const pulse = (place: number) => Math.exp(-(((place - 200) / 30) ** 2)) * Math.cos(0.35 * place);
const sampled = Float32Array.from({ length: 400 }, (_, i) => pulse(i));

describe('resample', () => {
  it.each([
    [48_000, 16_000],
    [44_100, 16_000],
    [16_000, 44_100],
    [8000, 11_025],
    [22_050, 22_050],
  ])('%d to %d Hz gives the same curve', (from, to) => {
    const result = resample(sampled, from, to);
    expect(result.length).toBe(Math.ceil((400 * to) / from));
    let furthest = 0;
    result.forEach((value, i) => {
      furthest = Math.max(furthest, Math.abs(value - pulse((i * from) / to)));
    });
    expect(furthest).toBeLessThan(2e-4);
  });

  it.each([
    [7000, 1, 0.01],
    [8900, 0, 2e-4],
    [15_000, 0, 2e-4],
  ])('a tone of %d Hz comes through to 16 kHz with a factor of %d', (hz, factor, tolerance) => {
    const tone = Float32Array.from({ length: 9600 }, (_, i) => Math.SQRT2 * Math.sin((2 * Math.PI * hz * i) / 48_000));
    const middle = resample(tone, 48_000, 16_000).subarray(800, 2400);
    const level = Math.sqrt(middle.reduce((sum, value) => sum + value * value, 0) / middle.length);
    expect(Math.abs(level - factor)).toBeLessThan(tolerance);
  });

  it.each([
    [44_100, 16_000],
    [8000, 8000],
    [16_000, 44_100],
  ])('gives any stretch from what it needs alone: %d to %d Hz', (from, to) => {
    const noise = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i * i));
    const part = { first: 301, count: 77 };
    const { start, end } = neededFor(part, from, to);
    const result = resample(noise.slice(start, end), from, to, { ...part, start });
    expect(result).toEqual(resample(noise, from, to).slice(301, 378));
  });

  it('refuses rates that are none', () => {
    expect(() => resample(sampled, 8000, 0)).toThrow('resample: rates must be whole numbers of Hz from 1, got 0');
  });
});
