import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { NegativeRows } from './negative-rows.js';

async function shown(rows: NegativeRows, times: number, drawn: { count: number }): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < times; i++) {
    const value = tf.tidy(() => tf.clone(rows.next(() => tf.tensor2d([[drawn.count++]], [1, 1], 'int32'))));
    seen.push((await value.data())[0]!);
    value.dispose();
  }
  return seen;
}

test('pieces are shown again in order, then drawn anew; a stored state goes on', async () => {
  const rows = new NegativeRows(3, 2);
  const drawn = { count: 0 };
  expect(await shown(rows, 8, drawn)).toEqual([0, 1, 2, 0, 1, 2, 3, 4]);
  const state = await rows.state();
  const other = new NegativeRows(3, 2);
  other.restore(state);
  expect(await shown(other, 4, drawn)).toEqual([5, 3, 4, 5]);
  rows.clear();
  expect(await shown(rows, 1, drawn)).toEqual([6]);
  rows.clear();
  other.clear();
});

test('pieces that are shown once are not kept', async () => {
  const rows = new NegativeRows(2, 1);
  expect(await shown(rows, 5, { count: 0 })).toEqual([0, 1, 2, 3, 4]);
});
