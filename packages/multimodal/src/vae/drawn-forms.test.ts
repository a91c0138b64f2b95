import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { allOrSomeForms, oneForm, someForms } from './drawn-forms.js';

const ROWS = 3000;

/** How often each set of forms was drawn for rows of three forms, and for rows that have the last alone. */
function shares(draw: typeof oneForm): [Record<string, number>, Record<string, number>] {
  const sets = tf.tidy(() => {
    // Every other row has the last form alone.
    const half = tf.tensor1d(Float32Array.from({ length: ROWS }, (_, row) => row % 2));
    const columns = draw([half, half.clone(), tf.ones([ROWS])], Random.fromSeed(1)).map((each) => each.dataSync());
    return Array.from({ length: ROWS }, (_, row) => columns.map((column) => column[row]).join(''));
  });
  const share = (some: string[]) => {
    const names = [...new Set(some)];
    return Object.fromEntries(names.map((name) => [name, some.filter((each) => each === name).length / some.length]));
  };
  return [share(sets.filter((_, row) => row % 2 === 1)), share(sets.filter((_, row) => row % 2 === 0))];
}

test('one form: all that a row has are as likely, none that it lacks', () => {
  const [all, last] = shares(oneForm);
  expect(new Set(Object.keys(all))).toEqual(new Set(['001', '010', '100']));
  for (const share of Object.values(all)) expect(share).toBeCloseTo(1 / 3, 1);
  expect(last).toEqual({ '001': 1 });
});

test('some forms: all sets but the empty one', () => {
  const [all, last] = shares(someForms);
  expect(Object.keys(all)).toHaveLength(7);
  // Three standard deviations of 1,500 draws are 0.03.
  for (const share of Object.values(all)) expect(Math.abs(share - 1 / 7)).toBeLessThan(0.03);
  expect(last).toEqual({ '001': 1 });
});

test('all or some forms: half of the rows with all', () => {
  const [all, last] = shares(allOrSomeForms);
  expect(Math.abs(all['111']! - (0.5 + 0.5 / 7))).toBeLessThan(0.04);
  expect(Object.keys(all)).toHaveLength(7);
  expect(last).toEqual({ '001': 1 });
});
