import { expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { explainedShare } from './explained-share.js';
import { ridgeRegression } from './ridge-regression.js';

const matrix = (rows: readonly (readonly number[])[]) => ({
  values: Float64Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]!.length,
});

it('finds a line, but for what the penalty takes of it', () => {
  // x of variance 1: the weight of y = 2x + 3 is 2 / (1 + penalty).
  const { predict } = ridgeRegression(matrix([[-1], [1]]), matrix([[1], [5]]), { penalty: 1 });
  expect([...predict(matrix([[0], [1], [3]])).values]).toEqual([3, 4, 6].map((value) => expect.closeTo(value, 10)));
});

it('tells samples that it has not seen, from features of any scale, some of which say nothing', () => {
  const random = Random.fromSeed(1);
  const draw = () => {
    const rows = Array.from({ length: 200 }, () => [1000 * random.normal(), random.normal(), 7]);
    return { features: matrix(rows), targets: matrix(rows.map(([a, b]) => [a! / 1000 - b!, b!])) };
  };
  const { predict } = ridgeRegression(draw().features, draw().targets);
  const [seen, unseen] = [draw(), draw()];
  const fitted = ridgeRegression(seen.features, seen.targets);
  expect(Math.min(...explainedShare(fitted.predict(unseen.features), unseen.targets))).toBeGreaterThan(0.99);
  // Where targets were those of other samples than the features, there was nothing to learn.
  expect(Math.max(...explainedShare(predict(unseen.features), unseen.targets))).toBeLessThan(0.5);
});

it('is 1 for the numbers themselves, 0 for their mean, and less for worse', () => {
  const expected = matrix([[1, 0], [3, 4]]); // biome-ignore format: a matrix
  expect(explainedShare(expected, expected)).toEqual([1, 1]);
  expect(explainedShare(matrix([[2, 4], [2, 0]]), expected)).toEqual([0, -3]); // biome-ignore format: a matrix
});

it('refuses what does not belong together', () => {
  const two = matrix([[1], [2]]);
  expect(() => ridgeRegression(two, matrix([[1], [2], [3]]))).toThrow('2 samples need targets for as many, got 3');
  expect(() => ridgeRegression(two, two).predict(matrix([[1, 2]]))).toThrow('expected 1 features, got 2');
  expect(() => explainedShare(two, matrix([[1]]))).toThrow('expected 1 rows of 1 columns, got 2 of 1');
});
