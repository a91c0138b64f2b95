import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dcgan, residualGan } from '../index.js';
import { layerFeatures } from './layer-features.js';

test('the maxima of each map in a 4×4 grid, of every layer', async () => {
  const gan = dcgan({ size: 28, channels: 1, width: 2, discriminatorNorm: 'none' });
  const pictures = Random.fromSeed(1).uniformTensor<tf.Rank.R4>([3, 28, 28, 1], -1, 1);
  const { values, rows, columns } = await layerFeatures(gan.discriminator, pictures);
  // Maps of 14×14×2 and 7×7×4.
  expect([rows, columns]).toEqual([3, 16 * (2 + 4)]);

  const [first, second] = gan.discriminator.layers.filter(({ outputShape }) => outputShape.length === 4 && outputShape[1] !== 28);
  expect(first!.outputShape).toEqual([null, 14, 14, 2]);
  expect(second!.outputShape).toEqual([null, 14, 14, 2]);
  const map = tf.tidy(() => {
    const activated = tf.model({ inputs: gan.discriminator.inputs, outputs: second!.output as tf.SymbolicTensor });
    return (activated.predict(pictures) as tf.Tensor4D).arraySync();
  });
  // The first cell of 14 places has places 0 to 3, the second 3 to 6.
  const cell = (picture: number, [top, left]: [number, number], channel: number) =>
    Math.max(...map[picture]!.slice(top, top + 4).flatMap((row) => row.slice(left, left + 4).map((place) => place[channel]!)));
  expect(values[0]).toBeCloseTo(cell(0, [0, 0], 0), 5);
  expect(values[2 * columns + 2 + 1]).toBeCloseTo(cell(2, [0, 3], 1), 5);
  pictures.dispose();
  gan.dispose();
});

test('refuses a discriminator that is told classes', async () => {
  const gan = residualGan({ size: 16, width: 2, classes: 2 });
  const pictures = tf.zeros([1, 16, 16, 3]);
  await expect(layerFeatures(gan.discriminator, pictures)).rejects.toThrow('got one of 2 inputs');
  pictures.dispose();
  gan.dispose();
});
