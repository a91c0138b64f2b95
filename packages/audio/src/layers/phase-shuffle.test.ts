import '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { PhaseShuffle, phaseShuffle } from './phase-shuffle.js';
import { registerAudioLayers } from './register-layers.js';

registerAudioLayers();

/** One sound of one channel for each row. */
const sounds = (rows: number[][]) => tf.tensor3d(rows.map((row) => row.map((value) => [value])));

const ROW = [1, 2, 3, 4, 5];
const SHIFTS = [0, 1, 2, -1, -2, 4, -4];

test('each sound is shifted by a number of samples of its own, and what is missing is reflected', () => {
  tf.tidy(() => {
    const shuffled = phaseShuffle(sounds(SHIFTS.map(() => ROW)), tf.tensor1d(SHIFTS, 'int32'));
    // numpy.pad(ROW, …, mode='reflect'), cut to five.
    expect(tf.squeeze(shuffled, [2]).arraySync()).toEqual([
      [1, 2, 3, 4, 5],
      [2, 1, 2, 3, 4],
      [3, 2, 1, 2, 3],
      [2, 3, 4, 5, 4],
      [3, 4, 5, 4, 3],
      [5, 4, 3, 2, 1],
      [5, 4, 3, 2, 1],
    ]);
  });
});

test('the gradient adds up all places that a sample went to', () => {
  tf.tidy(() => {
    const weights = sounds(SHIFTS.map(() => [1, 10, 100, 1000, 10_000]));
    const loss = (maps: tf.Tensor) => tf.sum(tf.mul(phaseShuffle(maps as tf.Tensor3D, tf.tensor1d(SHIFTS, 'int32')), weights));
    // By hand, from the rows above: sample 2 of the second row is at the places 0 and 2.
    expect(tf.squeeze(tf.grad(loss)(tf.zeros(weights.shape)), [2]).arraySync()).toEqual([
      [1, 10, 100, 1000, 10_000],
      [10, 101, 1000, 10_000, 0],
      [100, 1010, 10_001, 0, 0],
      [0, 1, 10, 10_100, 1000 * 1 + 0],
      [0, 0, 10_001, 1010, 100],
      [10_000, 1000, 100, 10, 1],
      [10_000, 1000, 100, 10, 1],
    ]);
  });
});

test('the gradient of a squared gradient is right, which penalties need', async () => {
  const [maps, shifts] = [sounds([[0.3, -0.2, 0.5, 0.1, -0.4, 0.7]]), tf.tensor1d([2], 'int32')];
  // A critic with one weight a sample behind the shuffle: the slope is the transposed shift of 3 w x², so the penalty depends on w.
  const penalty = (w: tf.Tensor) =>
    tf.tidy(() => {
      const score = (x: tf.Tensor) => tf.sum(tf.mul(w, tf.pow(phaseShuffle(x as tf.Tensor3D, shifts), 3)));
      return tf.sum(tf.square(tf.grad(score)(maps)));
    });
  const at = sounds([[0.2, 0.9, -0.6, 0.4, 0.8, -0.5]]);
  const slope = tf.tidy(() => tf.grad(penalty)(at));
  const computed = await slope.data();
  const values = await at.data();
  for (let i = 0; i < values.length; i++) {
    const around = [0.05, -0.05].map((step) => {
      const moved = Float32Array.from(values, (value, k) => (k === i ? value + step : value));
      return tf.tidy(() => penalty(tf.tensor3d(moved, at.shape)).dataSync()[0]!);
    });
    // The penalty is quadratic in w: central differences are exact.
    expect(computed[i]).toBeCloseTo((around[0]! - around[1]!) / 0.1, 4);
  }
  tf.dispose([maps, shifts, at, slope]);
});

test('as a layer it survives being saved', async () => {
  const [maps, shifts] = [tf.input({ shape: [5, 1] }), tf.input({ shape: [1], dtype: 'int32' })];
  const model = tf.model({ inputs: [maps, shifts], outputs: new PhaseShuffle().apply([maps, shifts]) as tf.SymbolicTensor });
  const loaded = (await tf.models.modelFromJSON(model.toJSON(null, false) as unknown as tf.io.ModelJSON)) as tf.LayersModel;
  tf.tidy(() => {
    const made = loaded.predict([sounds([ROW]), tf.tensor2d([[1]], [1, 1], 'int32')]) as tf.Tensor;
    expect(made.flatten().arraySync()).toEqual([2, 1, 2, 3, 4]);
  });
  model.dispose();
  loaded.dispose();
});
