import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { MannerMemory } from './manner-memory.js';

const CODES = [
  [1, 0],
  [0, 1],
];
/** Of things with each of the codes: manners around 1 and around -1. */
const MANNERS = [
  [0.5, 1.5],
  [-0.5, -1.5],
];

function memory(): MannerMemory {
  const made = new MannerMemory({ size: 64, dimensions: 1 });
  tf.tidy(() => {
    made.apply([tf.zeros([1, 2]), tf.zeros([1, 3])]);
    const rows = Array.from({ length: 64 }, (_, i) => ({ code: CODES[i % 2]!, manner: MANNERS[i % 2]![(i >> 1) % 2]! }));
    made.remember(tf.tensor2d(rows.map(({ code }) => code)), tf.tensor2d(rows.map(({ manner }) => [manner])));
  });
  return made;
}

test('a thing is given manners that things with codes like its own had, various ones, and the same again for the same point', () => {
  const manners = memory();
  const [first, again] = tf.tidy(() => {
    const codes = tf.tensor2d(Array.from({ length: 200 }, (_, i) => CODES[i % 2]!));
    const own = Random.fromSeed(1).normalTensor<tf.Rank.R2>([200, 3]);
    const draw = () => (manners.apply([codes, own]) as tf.Tensor2D).arraySync();
    // What lies beyond the manner is not touched.
    const rest = draw().map(([, ...others]) => others);
    expect(rest).toEqual(own.slice([0, 1]).arraySync());
    return [draw(), draw()] as const;
  });
  expect(again).toEqual(first);
  // By their deviation, the root of 1.25; between two of them where both are drawn.
  const spread = Math.sqrt(1.25);
  for (const [i, [manner]] of first.entries()) {
    const own = MANNERS[i % 2]!.map((value) => value / spread).sort((a, b) => a - b) as [number, number];
    expect(manner).toBeGreaterThan(own[0] - 0.01);
    expect(manner).toBeLessThan(own[1] + 0.01);
  }
  const near = (value: number) => first.filter(([manner]) => Math.abs(manner! - value / spread) < 0.1).length;
  for (const value of MANNERS.flat()) expect(near(value)).toBeGreaterThan(5);
  manners.dispose();
});

test('manners are told by what is remembered of all, and old ones are forgotten', () => {
  const manners = memory();
  tf.tidy(() => {
    const told = () => [...manners.standardised(tf.tensor2d([[0], [1]])).dataSync()];
    expect(told()).toEqual([expect.closeTo(0, 5), expect.closeTo(1 / Math.sqrt(1.25), 5)]);
    manners.remember(tf.ones([64, 2]), tf.tensor2d(Array.from({ length: 64 }, (_, i) => [10 + (i % 2)])));
    expect(told()).toEqual([expect.closeTo(-21, 2), expect.closeTo(-19, 2)]);
  });
  manners.dispose();
});
