import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { pictureClassifier } from './picture-classifier.js';

it.each([
  [{ size: 8, channels: 1, classes: 2, width: 2 } as const, 8],
  [{ size: 28, channels: 3, classes: 5, width: 2 } as const, 8],
  [{ size: 33, channels: 1, classes: 3, width: 1 } as const, 4],
])('makes probabilities of pictures: %o', async (options, features) => {
  const network = pictureClassifier(options);
  const pictures = tf.randomUniform([2, options.size, options.size, options.channels], -1, 1, 'float32', 1);
  const output = tf.tidy(() => tf.sum(network.predict(pictures) as tf.Tensor, 1));
  expect(network.outputShape).toEqual([null, options.classes]);
  expect(network.getLayer('features').outputShape).toEqual([null, features]);
  for (const sum of await output.data()) expect(sum).toBeCloseTo(1, 5);
  tf.dispose([pictures, output]);
  network.dispose();
});

it('has the same first weights for the same seed only', async () => {
  const weights = async (seed: number) => {
    const network = pictureClassifier({ size: 8, channels: 1, classes: 2, width: 2, seed });
    const values = [...(await network.getWeights()[0]!.data())];
    network.dispose();
    return values;
  };
  expect(await weights(1)).toEqual(await weights(1));
  expect(await weights(1)).not.toEqual(await weights(2));
});

it('refuses what it cannot make', () => {
  expect(() => pictureClassifier({ size: 4, channels: 1, classes: 2 })).toThrow("'size' must be a whole number from 8, got 4");
  expect(() => pictureClassifier({ size: 8, channels: 1, classes: 1 })).toThrow("'classes' must be a whole number from 2, got 1");
});
