import { inMemoryDataset, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { audioVae } from '../index.js';

const SMALL = { length: 4096, width: 2, kernelSize: 5, latentDimensions: 3 } as const;

function noise(channels: number) {
  const values = Random.fromSeed(1).fillUniform(new Float32Array(4 * 4096 * channels), -1, 1);
  return inMemoryDataset({ values, sampleShape: [4096, channels], labels: Int32Array.of(0, 1, 2, 1), fingerprint: 'noise' });
}

test('sounds are read, made and reconstructed, by class where there are classes', () => {
  const vae = audioVae({ ...SMALL, channels: 2, classes: 3 });
  tf.tidy(() => {
    const sounds = Random.fromSeed(2).uniformTensor([2, 4096, 2], -1, 1);
    const labels = tf.tensor1d([0, 2], 'int32');
    expect(vae.encode(sounds, labels).logVariance.shape).toEqual([2, 3]);
    expect(vae.reconstruct(sounds, labels).shape).toEqual([2, 4096, 2]);
  });
  vae.dispose();
});

test('a sound of the same spectrogram is as good as the sound itself', () => {
  const vae = audioVae(SMALL);
  tf.tidy(() => {
    const sounds = Random.fromSeed(2).uniformTensor([1, 4096, 1], -0.5, 0.5);
    const distance = (other: tf.Tensor) => tf.mean(tf.square(tf.sub(vae.compared(sounds), vae.compared(other)))).dataSync()[0]!;
    expect(distance(tf.neg(sounds))).toBeLessThan(1e-8);
    // 20 dB are a third of the range of 2 that 60 dB have.
    expect(distance(tf.mul(sounds, 0.1))).toBeCloseTo((2 / 3) ** 2, 1);
  });
  vae.dispose();
});

test('it trains', async () => {
  const vae = audioVae(SMALL);
  const losses: number[] = [];
  const options = { steps: 6, batchSize: 2, reportEvery: 1, optimizer: { learningRate: 3e-3 } };
  for await (const { metrics } of train(vae, noise(1), options)) losses.push(metrics.loss!);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
  vae.dispose();
});
