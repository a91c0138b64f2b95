import { type FeatureMatrix, OptionsError, Random } from '@polygan/core';
import { expect, test } from 'vitest';
import { linearSvm } from './linear-svm.js';

const matrix = (rows: readonly (readonly number[])[]): FeatureMatrix => ({
  values: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]!.length,
});

test('two samples at ±1: w = 4C / (1 + 4C), where the derivative of ½w² + 2C (1 - w)² is 0', () => {
  for (const cost of [0.1, 1, 10]) {
    const svm = linearSvm(matrix([[1], [-1]]), [1, 0], { cost });
    const margins = svm.margins(matrix([[1], [0.5]]));
    const w = (4 * cost) / (1 + 4 * cost);
    for (const [i, value] of [-w, w, -w / 2, w / 2].entries()) expect(margins[i]).toBeCloseTo(value, 5);
  }
});

test('the slope of the primal is 0 at the solution', () => {
  const random = Random.fromSeed(1);
  const rows = Array.from({ length: 30 }, () => [random.normal(), random.normal(), random.normal()]);
  // Of a length of 1 on average, so that nothing is scaled.
  const length = Math.sqrt(rows.flat().reduce((sum, value) => sum + value * value, 0) / rows.length);
  const unit = rows.map((row) => row.map((value) => value / length));
  const labels = rows.map(([x]) => (x! + 0.7 * random.normal() > 0 ? 1 : 0));
  const svm = linearSvm(matrix(unit), labels, { cost: 2, passes: 300 });
  const margin = (row: number[]) => svm.margins(matrix([row]))[1]!;
  const constant = margin([0, 0, 0]);
  const weights = [0, 1, 2].map((i) => margin([0, 1, 2].map((j) => (i === j ? 1 : 0))) - constant);
  const slope = [...weights, constant];
  for (const [i, row] of unit.entries()) {
    const side = labels[i] === 1 ? 1 : -1;
    const short = Math.max(0, 1 - side * margin(row));
    for (const [j, value] of [...row, 1].entries()) slope[j]! -= 2 * 2 * short * side * value;
  }
  for (const value of slope) expect(value).toBeCloseTo(0, 4);
});

test('classes that lines part are told apart', () => {
  const random = Random.fromSeed(2);
  const centres = [
    [0, 3],
    [3, -2],
    [-3, -2],
  ];
  const draw = (count: number) =>
    Array.from({ length: count }, (_, i) => centres[i % 3]!.map((value) => value + 0.5 * random.normal()));
  const svm = linearSvm(
    matrix(draw(60)),
    Array.from({ length: 60 }, (_, i) => i % 3),
  );
  expect([...svm.classify(matrix(draw(30)))]).toEqual(Array.from({ length: 30 }, (_, i) => i % 3));
});

test('refuses other numbers of labels, and a cost that is none', () => {
  expect(() => linearSvm(matrix([[1], [2]]), [0])).toThrow('2 rows of features need 2 labels, got 1');
  expect(() => linearSvm(matrix([[1]]), [0], { cost: 0 })).toThrow(OptionsError);
});
