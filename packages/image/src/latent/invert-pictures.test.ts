import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { type InvertPicturesOptions, inversionEncoder, invertPictures, residualGan, trainInversionEncoder } from '../index.js';

const SMALL = { size: 16, channels: 1, width: 2, latentDimensions: 3 } as const;

test('pictures that the model made are found again, first roughly, then exactly', async () => {
  const gan = residualGan({ ...SMALL, classes: 2 });
  const encoder = inversionEncoder(gan, { width: 4 });
  const losses: number[] = [];
  for await (const { metrics } of trainInversionEncoder(encoder, gan, {
    steps: 60,
    batchSize: 16,
    learningRate: 5e-3,
    reportEvery: 20,
  }))
    losses.push(metrics.loss!);
  // Nothing but guessing 0 would give 1.
  expect(losses.at(-1)).toBeLessThan(0.5);

  const points = tf.tensor2d([0.5, -1, 0.2, -0.3, 0.8, 1], [2, 3]);
  const labels = tf.tensor1d([0, 1], 'int32');
  const pictures = gan.generate(points, labels);
  const away = async (options: InvertPicturesOptions) => {
    const found = await invertPictures(gan, pictures, encoder, { labels, outward: 0, ...options });
    const [distance] = tf.tidy(() => tf.mean(tf.squaredDifference(found.points, points)).dataSync());
    found.points.dispose();
    return { distance: distance!, error: Math.max(...found.errors) };
  };
  const [guessed, refined] = [await away({ steps: 0 }), await away({ steps: 60, learningRate: 0.1 })];
  expect(guessed.distance).toBeLessThan(1);
  expect(refined.distance).toBeLessThan(guessed.distance / 5);
  expect(refined.error).toBeLessThan(guessed.error / 5);
  tf.dispose([points, labels, pictures]);
  encoder.dispose();
  gan.dispose();
});

test.each([
  ['uniform', 1],
  ['truncatedNormal', 2],
  ['sphere', Math.sqrt(3)],
] as const)('points of a %s space stay in it', async (latent, furthest) => {
  const gan = residualGan({ ...SMALL, latent });
  const encoder = inversionEncoder(gan, { width: 2 });
  // A last layer that puts all points far out.
  tf.tidy(() =>
    encoder.layers.at(-1)!.setWeights([tf.fill([encoder.layers.at(-1)!.weights[0]!.shape[0]!, 3], 9), tf.fill([3], 50)]),
  );
  const pictures = tf.randomUniform([2, 16, 16, 1], -1, 1, 'float32', 1);
  const { points } = await invertPictures(gan, pictures, encoder, { steps: 2 });
  const values = await points.data();
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(furthest + 1e-5);
  tf.dispose([points, pictures]);
  encoder.dispose();
  gan.dispose();
});
