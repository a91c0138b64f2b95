import { inMemoryDataset, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { imageVae } from '../index.js';

const SMALL = { size: 16, channels: 1, width: 4, latentDimensions: 2 } as const;

/** Pictures that are white above a line and black below it, or left and right of one: two numbers say everything. */
function edges() {
  const random = Random.fromSeed(1);
  const values = new Float32Array(64 * 256);
  const labels = Int32Array.from({ length: 64 }, (_, i) => i % 2);
  for (let i = 0; i < 64; i++) {
    const at = random.uniform(4, 12);
    for (let place = 0; place < 256; place++) {
      const line = labels[i] === 0 ? Math.floor(place / 16) : place % 16;
      values[256 * i + place] = Math.max(-1, Math.min(1, line - at));
    }
  }
  return inMemoryDataset({ values, sampleShape: [16, 16, 1], labels, classNames: ['rows', 'columns'], fingerprint: 'edges' });
}

test('pictures are read, made and reconstructed, by class where there are classes', () => {
  const vae = imageVae({ ...SMALL, size: 28, channels: 3, classes: 3 });
  tf.tidy(() => {
    const pictures = Random.fromSeed(2).uniformTensor([2, 28, 28, 3], -1, 1);
    const labels = tf.tensor1d([0, 2], 'int32');
    expect(vae.encode(pictures, labels).logVariance.shape).toEqual([2, 2]);
    expect(vae.reconstruct(pictures, labels).shape).toEqual([2, 28, 28, 3]);
  });
  vae.dispose();
});

test('learns to give pictures back, and to make others of the same class', async () => {
  const vae = imageVae({ ...SMALL, classes: 2 });
  const data = edges();
  const options = {
    steps: 45,
    batchSize: 16,
    reportEvery: 15,
    likelihood: { kind: 'normal' },
    optimizer: { learningRate: 1e-2 },
  } as const;
  for await (const _ of train(vae, data, options));

  const { samples, labels } = await data.batch([0, 1, 2, 3, 4, 5, 6, 7]);
  tf.tidy(() => {
    const error = tf.mean(tf.squaredDifference(vae.reconstruct(samples, labels), samples)).dataSync()[0]!;
    // The pictures' own variance is near 1.
    expect(error).toBeLessThan(0.25);
    // Of the class 'rows' pictures change from top to bottom, and hardly from left to right.
    const made = vae.generate(tf.zeros([1, 2]), tf.tensor1d([0], 'int32')) as tf.Tensor4D;
    const change = (axis: 1 | 2) => {
      const { variance } = tf.moments(tf.mean(made, 3 - axis));
      return variance.dataSync()[0]!;
    };
    expect(change(1)).toBeGreaterThan(5 * change(2));
  });
  tf.dispose([samples, labels!]);
  vae.dispose();
});
