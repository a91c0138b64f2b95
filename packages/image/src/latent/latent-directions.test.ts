import { normalLatent } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dcgan, principalDirections, residualGan, semanticDirections } from '../index.js';

/** Rows in which one number is 1: its place. */
async function axes(directions: tf.Tensor2D): Promise<number[]> {
  const rows = await directions.array();
  directions.dispose();
  return rows.map((row) => {
    const place = row.findIndex((value) => value > 0.99);
    expect(Math.hypot(...row)).toBeCloseTo(1, 4);
    return place;
  });
}

test.each([dcgan, residualGan])('the first layer of %o stretches some directions most', async (make) => {
  const gan = make({ size: 16, width: 2, latentDimensions: 4, classes: 2 });
  const first = gan.sampler.layers.find((layer) => layer.weights[0]?.shape[0] === 4)!;
  const units = first.weights[0]!.shape[1]!;
  tf.tidy(() => {
    // The numbers of a latent point go to units of their own, 1, 3, 0.5 and 2 times as large.
    const kernel = tf.pad(tf.diag(tf.tensor1d([1, 3, 0.5, 2])) as tf.Tensor2D, [
      [0, 0],
      [0, units - 4],
    ]);
    first.setWeights([kernel, ...first.getWeights().slice(1)]);
  });
  const { directions, shares } = await semanticDirections(gan, 3);
  expect(await axes(directions)).toEqual([1, 3, 0]);
  for (const [i, square] of [9, 4, 1].entries()) expect(shares[i]).toBeCloseTo(square / 14.25, 5);
  gan.dispose();
});

test('samples vary most along the latent numbers that change most of them', async () => {
  // Three patterns at right angles to each other, the second number's being the strongest.
  const generate = (points: tf.Tensor2D) => {
    const patterns = tf.tensor2d([0.1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 1], [3, 4]);
    return tf.add(tf.matMul(points, patterns), 5).reshape([-1, 2, 2, 1]);
  };
  const model = { latent: normalLatent(3), generate: (points: tf.Tensor2D) => tf.tidy(() => generate(points)) };
  const { directions, shares } = await principalDirections(model, { count: 2, samples: 200 });
  // Drawn points are not quite independent: the directions are near the axes.
  const rows = await directions.array();
  directions.dispose();
  expect(rows[0]![1]).toBeGreaterThan(0.98);
  expect(rows[1]![2]).toBeGreaterThan(0.98);
  expect(shares[0]).toBeCloseTo(9 / 11.01, 1);
});
