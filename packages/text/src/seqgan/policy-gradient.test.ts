import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { languageModel } from '../language-models/language-model.js';
import { variablesOf } from '../language-models/network-layers.js';
import { everyRow } from './every-row.fixture.js';
import { policyGradient } from './policy-gradient.js';

/** Any function of a row will do as its reward. */
const reward = (row: readonly number[]) => row.reduce((sum, token, place) => sum + (token + 1) * Math.sin(place + 2 * token), 0);

/** p(row) of each row, by tfjs's own layers, in double precision from its logits. */
async function probabilities(model: tf.LayersModel, rows: readonly number[][]): Promise<number[]> {
  const logits = tf.tidy(
    () =>
      model.predict(
        tf.tensor2d(
          rows.map((row) => [0, ...row.slice(0, -1)]),
          undefined,
          'int32',
        ),
      ) as tf.Tensor3D,
  );
  const table = await logits.array();
  logits.dispose();
  return rows.map((row, i) =>
    row.reduce((product, token, place) => {
      const scores = table[i]![place]!.map(Math.exp);
      return (product * scores[token]!) / scores.reduce((sum, score) => sum + score, 0);
    }, 1),
  );
}

test('its expectation is the gradient of the expected reward', async () => {
  const model = languageModel({ vocabulary: 3, length: 3, embedding: 2, hidden: 2, deviation: 1 });
  const rows = everyRow(3, 3);
  const p = await probabilities(model.sampler, rows);
  const expected = async () => {
    const now = await probabilities(model.sampler, rows);
    return rows.reduce((sum, row, i) => sum + now[i]! * reward(row), 0);
  };
  // What a token is worth given the row up to it: the mean reward of all rows that begin so.
  const worth = rows.map((row) =>
    row.map((_, place) => {
      const alike = rows
        .map((other, i) => [other, i] as const)
        .filter(([other]) => row.slice(0, place + 1).every((token, k) => token === other[k]));
      const share = alike.reduce((sum, [, i]) => sum + p[i]!, 0);
      return alike.reduce((sum, [other, i]) => sum + p[i]! * reward(other), 0) / share;
    }),
  );
  const tokens = tf.tensor2d(rows, undefined, 'int32');
  // Each row counts as often as it is drawn.
  const weights = tf.tensor2d(worth.map((values, i) => values.map((value) => value * p[i]!)));
  const variables = variablesOf(model.sampler);
  const { value, grads } = tf.tidy(() => policyGradient(model.network, variables, tokens, weights));
  for (const variable of variables) {
    const gradient = await grads[variable.name]!.data();
    const values = (await variable.data()).slice() as Float32Array;
    const at = async (index: number, shift: number) => {
      tf.tidy(() =>
        variable.assign(
          tf.tensor(
            values.map((value, i) => (i === index ? value + shift : value)),
            variable.shape,
          ),
        ),
      );
      return expected();
    };
    for (const index of [0, values.length - 1]) {
      const slope = ((await at(index, 0.01)) - (await at(index, -0.01))) / 0.02;
      expect(Math.abs(gradient[index]! + slope), `${variable.name} ${index}`).toBeLessThan(0.003 * (1 + Math.abs(slope)));
    }
    await at(0, 0);
  }
  tf.dispose([tokens, weights, value, grads]);
  model.dispose();
});
