import { Optimizer, optimizerSchema, resolveOptions, trainableVariables } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { areAlike, follow, gathered, tiedWeights } from './tied-weights.js';

const network = (...units: readonly number[]) =>
  tf.sequential({
    layers: units.map((each, i) =>
      tf.layers.dense({ units: each, useBias: false, kernelInitializer: 'ones', ...(i === 0 && { inputShape: [1] }) }),
    ),
  });

test('networks are alike where all but their own layers are', () => {
  const networks = [network(2, 3, 1), network(2, 3, 4), network(2, 4, 1), network(2, 1)];
  const [one, otherEnd, otherMiddle, shorter] = networks as [tf.Sequential, tf.Sequential, tf.Sequential, tf.Sequential];
  expect(areAlike(one, otherEnd, { last: 1 })).toBe(true);
  expect(areAlike(one, otherEnd, { first: 1 })).toBe(false);
  expect(areAlike(one, otherMiddle, { last: 1 })).toBe(false);
  expect(areAlike(one, otherMiddle, { last: 2 })).toBe(true);
  expect(areAlike(one, shorter, { last: 2 })).toBe(false);
  for (const each of networks) each.dispose();
});

test('a layer in common moves by the sum of what both games ask of it', async () => {
  const [left, right] = [network(1, 1), network(1, 1)];
  const tied = tiedWeights([left, right], { last: 1 });
  const variables = [left, right].flatMap(trainableVariables);
  const [shared, ownOfLeft, follower, ownOfRight] = variables as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  expect([...tied]).toEqual([[shared, [follower]]]);
  const optimizer = new Optimizer(
    [shared, ownOfLeft, ownOfRight],
    resolveOptions('test', { kind: 'sgd' }, optimizerSchema({ learningRate: 0.1, beta1: 0, beta2: 0 })),
  );
  tf.tidy(() => {
    // The derivatives of 2 a b + 3 c d, all of them 1: 2 for both of the one, 3 for both of the other.
    const loss = () => tf.add(left.apply(tf.tensor2d([[2]])) as tf.Tensor, right.apply(tf.tensor2d([[3]])) as tf.Tensor);
    const { grads } = tf.variableGrads(() => tf.sum(loss()) as tf.Scalar, variables);
    optimizer.apply(gathered(grads, tied), 0);
    follow(tied);
  });
  const values = variables.map((variable) => variable.dataSync()[0]!);
  [1 - 0.5, 1 - 0.2, 1 - 0.5, 1 - 0.3].forEach((value, i) => void expect(values[i]).toBeCloseTo(value, 6));
  optimizer.dispose();
  left.dispose();
  right.dispose();
});
