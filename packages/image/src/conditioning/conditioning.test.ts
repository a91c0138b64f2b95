import { inMemoryDataset, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { dcgan, residualGan } from '../index.js';
import type { Conditioning } from './conditioning.js';

const MODELS = { dcgan, residualGan };
const SMALL = { size: 16, channels: 1, width: 2, latentDimensions: 4, classes: 3 } as const;

function pictures() {
  const values = Random.fromSeed(0).fillUniform(new Float32Array(12 * 256), -1, 1);
  const labels = Int32Array.from({ length: 12 }, (_, i) => i % 3);
  return inMemoryDataset({ values, sampleShape: [16, 16, 1], labels, fingerprint: 'noise' });
}

describe.each(Object.entries(MODELS))('%s', (_name, make) => {
  const judged = (conditioning: Conditioning, label: number) => {
    const gan = make({ ...SMALL, conditioning });
    const result = tf.tidy(() => {
      const samples = tf.randomNormal([2, 16, 16, 1], 0, 1, 'float32', 5);
      const { score, classes } = gan.judge(samples, { labels: tf.tensor1d([label, label], 'int32') });
      return { score: [...score.dataSync()], classes: classes?.shape };
    });
    gan.dispose();
    return result;
  };

  test.each(['projection', 'concatenation'] as const)('by %s the score is that of a class', (conditioning) => {
    const [first, second] = [judged(conditioning, 0), judged(conditioning, 1)];
    expect(first.score).not.toEqual(second.score);
    expect(first.classes).toBeUndefined();
  });

  test('an auxiliary classifier names classes, and is not told them', () => {
    expect(judged('auxiliary', 0)).toEqual(judged('auxiliary', 1));
    expect(judged('auxiliary', 0).classes).toEqual([2, 3]);
  });

  test.each(['projection', 'concatenation', 'auxiliary'] as const)('trains by %s', async (conditioning) => {
    const gan = make({ ...SMALL, conditioning });
    const before = gan.discriminator.trainableWeights.map((weight) => weight.read().dataSync());
    for await (const { metrics } of train(gan, pictures(), { steps: 2, batchSize: 6, reportEvery: 1 })) {
      // At first each of the three classes is about as likely.
      if (conditioning === 'auxiliary') expect(metrics['loss/classes']! / Math.log(3)).toBeCloseTo(1, 0);
      else expect(metrics).not.toHaveProperty('loss/classes');
    }
    for (const [i, weight] of gan.discriminator.trainableWeights.entries()) {
      // The score's offset stays where it is while the hinge loss wants as much of real samples as of generated ones.
      if (before[i]!.length > 1) expect([i, weight.read().dataSync()]).not.toEqual([i, before[i]]);
    }
    gan.dispose();
  });
});
