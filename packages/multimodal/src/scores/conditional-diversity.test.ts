import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import type { JointSamples } from '../multimodal-model.js';
import { conditionalDiversity } from './conditional-diversity.js';
import { knownModel, knownRows } from './known-model.fixture.js';
import { distinctShare, pairwiseDistance } from './variety.js';

test('distances of all pairs, and the share of different ones, in closed form', async () => {
  // Distances 3, 4 and 5 over two numbers each.
  const points = tf.tensor2d([[0, 0], [3, 0], [0, 4]]); // biome-ignore format: rows
  expect(await pairwiseDistance()(points)).toBeCloseTo(12 / 3 / Math.SQRT2, 5);
  expect(await pairwiseDistance((samples) => tf.mul(samples, 2))(points)).toBeCloseTo(8 / Math.SQRT2, 5);
  const words = tf.tensor1d([1, 2, 1, 1]);
  expect(await distinctShare(async (samples) => [...(await samples.data())])(words)).toBe(0.5);
  tf.dispose([points, words]);
});

test('answers are compared with answers to the same condition, and real samples of different things with each other', async () => {
  // The sound of a thing is its class and 0 or 1, drawn for each answer; the image is always the same.
  const model = {
    ...knownModel,
    translate(given: JointSamples, to: readonly string[] = [], { seed = 0 }: { seed?: number | string } = {}): JointSamples {
      const [first] = Object.values(given);
      const random = Random.fromSeed(seed);
      const coins = Float32Array.from({ length: first!.shape[0]! }, () => random.integer(2));
      return tf.tidy(() =>
        Object.fromEntries(
          to.map((name) => [name, name === 'audio' ? tf.add(first!, tf.tensor2d(coins, [coins.length, 1])) : first!.clone()]),
        ),
      );
    },
  };
  const varieties = { audio: pairwiseDistance(), image: pairwiseDistance() };
  const { directions, ofReal, fake } = await conditionalDiversity(model, knownRows(400), varieties, { rows: 200, answers: 8 });
  // Two draws of a coin differ half of the time; answers to different conditions would be further apart.
  expect(directions['text→audio']).toBeCloseTo(0.5, 1);
  expect(directions['audio→image']).toBe(0);
  // Of four classes all as likely, the mean distance of two rows without repetition: 10 / 8 of whole draws, 400 / 399.
  expect(ofReal.image).toBeCloseTo((10 / 8) * (400 / 399), 1);
  expect(Object.keys(directions)).toHaveLength(6);
  expect(fake).toBe(6 * 200 * 8);
});
