import { train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { middlesOf, spotsAndOutlines, unpairedSpots } from './spot-modality.js';

/** How far apart the middles of pictures are, in pixels: of those that belong together, and of any two. */
const distances = (spots: tf.Tensor, outlines: tf.Tensor) =>
  tf.tidy(() => {
    const [a, b] = [middlesOf(spots), middlesOf(outlines)];
    const between = (others: tf.Tensor) => tf.mean(tf.norm(tf.sub(a, others), 2, 1)).dataSync()[0]!;
    return { together: between(b), any: between(tf.reverse(b, 0)) };
  });

test('spots and outlines come to lie at the same places, though no spot was ever shown with its outline', async () => {
  await useEngine();
  const gan = spotsAndOutlines();
  const data = unpairedSpots(400);
  const options = { steps: 500, batchSize: 32, reportEvery: 100, sharedOptimizer: { learningRate: 1e-3 } };
  for await (const { warnings } of train(gan, data, options)) expect(warnings).toEqual([]);

  const { spot, outline } = await gan.sample(200, { seed: 1 });
  const drawn = distances(spot!, outline!);
  expect(drawn.any).toBeGreaterThan(1);
  expect(drawn.together).toBeLessThan(0.7 * drawn.any);

  const { samples, present } = await data.batch([...Array(100).keys()]);
  const { codes, own } = await gan.refine({ spot: samples.spot! }, { steps: 50 });
  const found = gan.generateFrom(codes, own, ['outline']);
  const refined = distances(samples.spot!, found.outline!);
  expect(refined.together).toBeLessThan(0.7 * refined.any);
  tf.dispose([spot, outline, samples, present, codes, own, found] as unknown as tf.TensorContainer);
  gan.dispose();
});
