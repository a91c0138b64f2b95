import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { contrast } from './contrast.js';

const rows = (codes: number[][], present: number[]) => ({ codes: tf.tensor2d(codes), present: tf.tensor1d(present) });
const figures = (make: () => ReturnType<typeof contrast>) =>
  tf.tidy(() => {
    const { loss, accuracy } = make();
    return { loss: loss.dataSync()[0]!, accuracy: accuracy.dataSync()[0]! };
  });

test('the cross-entropy of finding partners, in closed form', () => {
  const along = [
    [1, 0],
    [0, 1],
  ];
  // Similarity 1 with the partner and 0 with the other, at temperature 0.5: -ln(e² / (e² + 1)) in either direction.
  const { loss, accuracy } = figures(() => contrast(rows(along, [1, 1]), rows(along, [1, 1]), 0.5));
  expect(loss).toBeCloseTo(Math.log(1 + Math.exp(-2)), 5);
  expect(accuracy).toBe(1);
  const crossed = figures(() => contrast(rows(along, [1, 1]), rows([...along].reverse(), [1, 1]), 0.5));
  expect(crossed.loss).toBeCloseTo(Math.log(1 + Math.exp(2)), 5);
  expect(crossed.accuracy).toBe(0);
});

test('rows that lack a form neither look for a partner nor are one', () => {
  const a = [[1, 0], [0, 1], [1, 0]]; // biome-ignore format: rows
  const b = [[1, 0], [0, 1], [1, 0]]; // biome-ignore format: rows
  // The third row would be as good a partner for the first as its own; without it two rows are left.
  const { loss, accuracy } = figures(() => contrast(rows(a, [1, 1, 1]), rows(b, [1, 1, 0]), 0.5));
  const first = Math.log(1 + Math.exp(-2));
  // From b to a the third row of a is there, though it has no partner: it is as near to b's first as a's first.
  const back = [Math.log(2 + Math.exp(-2)), Math.log(1 + 2 * Math.exp(-2))];
  expect(loss).toBeCloseTo((first + (back[0]! + back[1]!) / 2) / 2, 4);
  expect(accuracy).toBe(1);
  expect(figures(() => contrast(rows(a, [1, 0, 0]), rows(b, [0, 1, 0]), 0.5)).loss).toBe(0);
});
