import { expect, test } from 'vitest';
import { principalComponents } from './principal-components.js';

/** On a line through (1, 1) along (3, 4): at -2, -1, 1 and 2 times its length of 5, so that the variance along it is (100 + 25 + 25 + 100) / 3. */
const line = {
  values: Float64Array.from([-2, -1, 1, 2].flatMap((t) => [1 + 3 * t, 1 + 4 * t])),
  rows: 4,
  columns: 2,
};
const absolute = ({ values }: { readonly values: ArrayLike<number> }) => Array.from(values, Math.abs);

test('shows how far rows lie from the mean, along the direction in which they differ', () => {
  const shown = principalComponents(line, { dimensions: 1, whitening: 0 })(line);
  expect([shown.rows, shown.columns]).toEqual([4, 1]);
  [10, 5, 5, 10].forEach((far, row) => {
    expect(absolute(shown)[row]).toBeCloseTo(far, 10);
  });
  expect(shown.values[0]! * shown.values[3]!).toBeLessThan(0);
});

test('brings variances to one, or half of the way', () => {
  const deviation = Math.sqrt(250 / 3);
  const whitened = principalComponents(line, { dimensions: 1, whitening: 1 })(line);
  expect(absolute(whitened)[0]).toBeCloseTo(10 / deviation, 10);
  const half = principalComponents(line, { dimensions: 1, whitening: 0.5 })(line);
  expect(absolute(half)[0]).toBeCloseTo(10 / Math.sqrt(deviation), 10);
});

test('a direction in which nothing differs stays without worth, also for other rows', () => {
  const show = principalComponents(line, { dimensions: 2, whitening: 1 });
  expect(absolute(show({ values: Float64Array.from([1 - 4, 1 + 3]), rows: 1, columns: 2 }))).toEqual([expect.closeTo(0, 10), 0]);
});
