import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { tokenLogProbabilities } from './token-log-probabilities.js';

test("value and gradients are those of tfjs's log-softmax", async () => {
  const random = Random.fromSeed(3);
  const features = random.normalTensor<tf.Rank.R2>([6, 3]);
  const kernel = random.normalTensor<tf.Rank.R2>([3, 5]);
  const bias = random.normalTensor<tf.Rank.R1>([5]);
  const weights = random.normalTensor([6]);
  const tokens = tf.tensor1d([4, 0, 2, 2, 1, 2], 'int32');
  const inputs = [features, kernel, bias];
  const mine = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
    tf.sum(tf.mul(weights, tokenLogProbabilities(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D, tokens)));
  const theirs = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => {
    const all = tf.logSoftmax(tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b));
    return tf.sum(tf.mul(weights, tf.sum(tf.mul(all, tf.oneHot(tokens, 5)), 1)));
  };
  const found = tf.valueAndGrads(mine as never)(inputs);
  const expected = tf.valueAndGrads(theirs as never)(inputs);
  const pairs = [[found.value, expected.value], ...found.grads.map((grad, i) => [grad, expected.grads[i]!])];
  for (const [a, b] of pairs) {
    const values = await b!.data();
    for (const [i, value] of (await a!.data()).entries()) expect(value).toBeCloseTo(values[i]!, 4);
  }
  tf.dispose([found, expected, inputs, weights, tokens] as tf.TensorContainer);
});

test('an all but impossible token has a finite logarithm', async () => {
  const value = tf.tidy(() =>
    tokenLogProbabilities(tf.zeros([1, 1]), tf.zeros([1, 2]), tf.tensor1d([0, 500]), tf.tensor1d([0], 'int32')),
  );
  expect((await value.data())[0]).toBeCloseTo(Math.log(1e-37), 2);
  value.dispose();
});
