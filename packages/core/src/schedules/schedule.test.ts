import { expect, test } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { type Schedule, scheduledValue, scheduleField } from './schedule.js';

test('a number stays', () => {
  expect(scheduledValue(0.3, 1e9)).toBe(0.3);
});

test.each<[Schedule & object, number, number, number]>([
  [{ from: 4, to: 1, over: 100 }, 4, 2.5, 1],
  [{ from: 1, to: 3, over: 100, shape: 'cosine' }, 1, 2, 3],
  [{ from: 4, to: 1, over: 100, shape: 'exponential' }, 4, 2, 1],
])('%j', (schedule, start, middle, end) => {
  expect(scheduledValue(schedule, 0)).toBeCloseTo(start, 10);
  expect(scheduledValue(schedule, 50)).toBeCloseTo(middle, 10);
  expect(scheduledValue(schedule, 100)).toBeCloseTo(end, 10);
  expect(scheduledValue(schedule, 1e6)).toBeCloseTo(end, 10);
});

test('a cosine leaves and arrives gently', () => {
  expect(scheduledValue({ from: 0, to: 1, over: 100, shape: 'cosine' }, 25)).toBeCloseTo((1 - Math.SQRT1_2) / 2, 10);
});

test('may stay for a while before it moves', () => {
  const values = [0, 60, 110, 1000].map((seen) => scheduledValue({ from: 4, to: 1, over: 100, after: 60 }, seen));
  expect(values).toEqual([4, 4, 2.5, 1]);
});

test('is an option', () => {
  const resolve = (rate: unknown) => resolveOptions('f', { rate }, { rate: scheduleField({ min: 0, default: 0.1 }) }).rate;
  expect(resolve(undefined)).toBe(0.1);
  expect(resolve({ from: 1, to: 0, over: 5 })).toEqual({ from: 1, to: 0, over: 5, after: 0, shape: 'linear' });
  expect(() => resolve(-1)).toThrow(
    "f: 'rate' must be a number from 0, or an object with 'from', 'to', 'over', 'after', 'shape', got -1",
  );
  expect(() => resolve({ from: 1, to: 0, over: 0 })).toThrow("f: 'rate.over' must be a number above 0, got 0");
  expect(() => resolve({ from: 1, to: 0, over: 9, shape: 'exponential' })).toThrow('above 0');
});
