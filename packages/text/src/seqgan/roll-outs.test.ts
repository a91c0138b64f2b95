import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { languageModel } from '../language-models/language-model.js';
import { everyRow } from './every-row.fixture.js';
import { rollOutRewards } from './roll-outs.js';

test('rewards are those that all completions have on average, and the last one is that of the row', async () => {
  const model = languageModel({ vocabulary: 3, length: 4, embedding: 2, hidden: 3, deviation: 1.5 });
  const given = [
    [2, 0, 1, 1],
    [1, 1, 0, 2],
  ];
  const worth = (row: readonly number[]) => row.reduce((sum, token, place) => sum + token * 3 ** place, 0) / 80;

  const rows = everyRow(3, 4);
  const logProbabilities = tf.tidy(() => model.logProbabilities(tf.tensor2d(rows, undefined, 'int32')));
  const p = (await logProbabilities.array()).map((values) => Math.exp(values.reduce((sum, value) => sum + value, 0)));
  const exact = given.map((row) =>
    row.map((_, place) => {
      const alike = rows
        .map((other, i) => [other, i] as const)
        .filter(([other]) => row.slice(0, place + 1).every((token, k) => token === other[k]));
      return alike.reduce((sum, [other, i]) => sum + p[i]! * worth(other), 0) / alike.reduce((sum, [, i]) => sum + p[i]!, 0);
    }),
  );

  const seen: number[][][] = [];
  const judge = async (judged: tf.Tensor2D) => {
    const values = await judged.array();
    seen.push(values);
    return tf.tensor1d(values.map(worth));
  };
  const tokens = tf.tensor2d(given, undefined, 'int32');
  const rewards = await rollOutRewards(model.network, tokens, { count: 4000, judge, random: Random.fromSeed(5) });
  (await rewards.array()).forEach((values, row) => {
    for (const [place, value] of values.entries()) {
      // Rewards lie in 0 … 1: five standard errors of 4000 draws are below 0.04.
      expect(Math.abs(value - exact[row]![place]!), `row ${row}, place ${place}`).toBeLessThan(place === 3 ? 1e-6 : 0.03);
    }
  });
  // Completions begin with what was given, rows in turn.
  seen.slice(0, 3).forEach((completed, place) => {
    expect(completed).toHaveLength(8000);
    expect(completed.every((row, i) => row.slice(0, place + 1).join() === given[i % 2]!.slice(0, place + 1).join())).toBe(true);
  });
  tf.dispose([tokens, rewards, logProbabilities]);
  model.dispose();
});
