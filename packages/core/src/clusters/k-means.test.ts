import { expect, test } from 'vitest';
import { Random } from '../random/random.js';
import { kMeans, nearestCentres } from './k-means.js';

const random = Random.fromSeed(1);
const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 });

test('centres are the means of groups that lie apart', () => {
  const centres = kMeans(column(0, 1, 2, 100, 103, 200, 201, 202, 203), { clusters: 3, random });
  expect([...centres.values].sort((a, b) => a - b)).toEqual([1, 101.5, 201.5]);
});

test('groups may lie apart in one column only', () => {
  const rows = { values: Float64Array.from([0, 5, 1, 5, 10, 5, 11, 5]), rows: 4, columns: 2 };
  const { values } = kMeans(rows, { clusters: 2, random });
  expect([values[0]! + values[2]!, values[1], values[3]]).toEqual([11, 5, 5]);
});

test('there are no more centres than rows that differ', () => {
  expect([...kMeans(column(4, 4, 7, 7, 7), { clusters: 5, random }).values].sort()).toEqual([4, 7]);
});

test('each row finds the centre that is nearest, and how far it is, squared', () => {
  const { centres, distances } = nearestCentres(column(1, 9, 4), column(10, 0));
  expect([[...centres], [...distances]]).toEqual([
    [1, 0, 1],
    [1, 1, 16],
  ]);
});

test('refuses no rows', () => {
  expect(() => kMeans(column(), { clusters: 1, random })).toThrow('kMeans: expected at least 1 samples, got 0');
});
