import { expect, test } from 'vitest';
import { Health, TrainingError } from './health.js';

/** The causes told while these figures are reported one after another. */
function told(figures: readonly Record<string, number>[]): string[] {
  const health = new Health();
  return figures.flatMap((metrics, step) => health.check(metrics, step).map(({ cause }) => cause));
}
const times = (count: number, metrics: Record<string, number>) => Array.from({ length: count }, () => metrics);

test('tells of collapse when diversity has fallen for three reports, once', () => {
  expect(told([...times(105, { diversity: 0.8 }), ...times(2, { diversity: 0.2 })])).toEqual([]);
  expect(told([...times(105, { diversity: 0.8 }), ...times(9, { diversity: 0.2 })])).toEqual(['collapse']);
});

test('takes the variety of noise, with which generators begin, for none that is lost', () => {
  expect(told([...times(60, { diversity: 0.7 }), ...times(90, { diversity: 0.15 })])).toEqual([]);
});

test('takes the sameness of the first samples for no collapse, until it lasts', () => {
  expect(told(times(100, { diversity: 0.05 }))).toEqual([]);
  expect(told(times(110, { diversity: 0.05 }))).toEqual(['collapse']);
});

test('tells again of what had gone away', () => {
  const saturated = times(3, { 'accuracy/discriminator': 1, 'score/real': 8, 'score/fake': -8 });
  expect(told([...saturated, { 'accuracy/discriminator': 0.8 }, ...saturated])).toEqual(Array(2).fill('saturated discriminator'));
});

test('takes a discriminator that is right, but not sure, for none that is saturated', () => {
  expect(told(times(9, { 'accuracy/discriminator': 1, 'score/real': 2.6, 'score/fake': -2.6 }))).toEqual([]);
});

test('tells of a generator that gets no gradient', () => {
  expect(told(times(3, { 'gradient/generator': 1e-9 }))).toEqual(['vanishing gradient']);
});

test('stops at a figure that is not finite, and names it', () => {
  expect(() => new Health().check({ 'loss/generator': NaN, diversity: 1 }, 7)).toThrow(TrainingError);
  expect(() => new Health().check({ 'loss/generator': NaN, diversity: 1 }, 7)).toThrow(/step 7: loss\/generator is NaN/);
});
