import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { languageModel } from './language-model.js';
import { inputsOf, rowLogProbabilities } from './likelihood-update.js';

/** Two layers, the first of another width than its input, so that both kinds of convolutional layers are met. */
const SHAPE = { vocabulary: 11, length: 6, embedding: 5, hidden: 7, layers: 2, kernelSize: 3, deviation: 0.7 };

async function difference(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const largest = tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))));
  const [value] = await largest.data();
  tf.dispose([a, b, largest]);
  return value!;
}

const KINDS = (['lstm', 'gru', 'cnn'] as const).flatMap((kind) => [true, false].map((places) => ({ kind, places })));

describe.each(KINDS)('$kind, told places: $places', (how) => {
  const rows = () =>
    tf.tensor2d(
      [
        [3, 1, 4, 1, 5, 9],
        [2, 6, 5, 3, 10, 8],
      ],
      [2, 6],
      'int32',
    );

  it("has the log-probabilities that tfjs's own layers give with its weights", async () => {
    const model = languageModel({ ...how, ...SHAPE });
    const tokens = rows();
    const theirs = tf.tidy(() => {
      const logits = model.sampler.predict(inputsOf(tokens)) as tf.Tensor;
      return tf.sum(tf.mul(tf.logSoftmax(logits), tf.oneHot(tokens, 11)), -1);
    });
    expect(await difference(model.logProbabilities(tokens), theirs)).toBeLessThan(1e-5);
    tokens.dispose();
    model.dispose();
  });

  it('reads token by token what it reads in one go', async () => {
    const model = languageModel({ ...how, ...SHAPE });
    const tokens = rows();
    const { network } = model;
    const features = tf.tidy(() => {
      let state = network.start(2);
      const found = tf.unstack(tokens, 1).map((column) => {
        const after = network.step(state, column as tf.Tensor1D);
        state = after.state;
        return after.features;
      });
      return tf.concat(found);
    });
    expect(
      await difference(
        tf.tidy(() => network.read(tokens)),
        features,
      ),
    ).toBeLessThan(1e-5);
    tokens.dispose();
    model.dispose();
  });

  it('has gradients, to every weight', async () => {
    const model = languageModel({ ...how, ...SHAPE });
    const tokens = rows();
    const variables = model.sampler.weights.map((weight) => weight.read() as tf.Variable);
    const { value, grads } = tf.variableGrads(() => tf.sum(rowLogProbabilities(model.network, tokens)) as tf.Scalar, variables);
    // Against central differences along the first element of each weight.
    for (const variable of variables) {
      const gradient = (await grads[variable.name]!.data())[0]!;
      const values = (await variable.data()).slice();
      const at = async (shift: number) => {
        const moved = values.slice() as Float32Array;
        moved[0]! += shift;
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        const sum = tf.tidy(() => tf.sum(rowLogProbabilities(model.network, tokens)));
        const [found] = await sum.data();
        sum.dispose();
        return found!;
      };
      const slope = ((await at(0.01)) - (await at(-0.01))) / 0.02;
      await at(0);
      expect(Math.abs(gradient - slope), variable.name).toBeLessThan(0.01 * (1 + Math.abs(slope)));
    }
    tf.dispose([value, grads, tokens]);
    model.dispose();
  });
});
