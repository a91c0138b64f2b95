import { expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { shuffledBatches } from './batch-stream.js';

/** Hands out what it was asked for. */
const asked = {
  size: 5,
  fingerprint: 'asked',
  batch: async (indices: readonly number[], epochs?: readonly number[]) => ({ indices, epochs }),
};

it('asks for every sample once in each pass, and says which pass it is', async () => {
  const stream = shuffledBatches(asked, 4, Random.fromSeed(1));
  const batches = [];
  for (let i = 0; i < 5; i++) batches.push(await stream.next());
  expect(batches.flatMap(({ epochs }) => epochs)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  const order = batches.flatMap(({ indices }) => indices);
  for (let pass = 0; pass < 4; pass++) expect(order.slice(5 * pass, 5 * pass + 5).sort()).toEqual([0, 1, 2, 3, 4]);
});

it('goes on at any place as if it had been there', async () => {
  const whole = shuffledBatches(asked, 3, Random.fromSeed(2));
  for (let i = 0; i < 4; i++) await whole.next();
  const resumed = shuffledBatches(asked, 3, Random.fromSeed(2));
  await resumed.seek(4);
  expect(await resumed.next()).toEqual(await whole.next());
});
