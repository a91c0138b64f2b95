import { classifierAccuracy, type InMemorySamples, inMemoryDataset } from '@polygan/core';
import { expect, it } from 'vitest';
import { pictureClassifier } from './picture-classifier.js';
import { trainClassifier } from './train-classifier.js';

/** Pictures of one bright row or one bright column: the class says which. */
function stripes(count: number): InMemorySamples {
  const values = new Uint8Array(count * 64);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 8; k++) values[i * 64 + (labels[i] ? (i % 7) * 8 + k : k * 8 + (i % 7))] = 255;
  }
  return { values, labels, sampleShape: [8, 8, 1], fingerprint: 'stripes' };
}

it('learns to tell rows from columns, the same way each time', async () => {
  const train = async () => {
    const classifier = pictureClassifier({ size: 8, channels: 1, classes: 2, width: 2, seed: 3 });
    const options = { steps: 50, batchSize: 16, learningRate: 0.03, shift: 1, flip: true, reportEvery: 25 };
    const losses: number[] = [];
    for await (const { metrics } of trainClassifier(classifier, inMemoryDataset(stripes(56)), options))
      losses.push(metrics.loss!);
    const accuracy = await classifierAccuracy(classifier, inMemoryDataset(stripes(56)));
    classifier.dispose();
    return { losses, accuracy };
  };
  const first = await train();
  expect(first.accuracy).toBe(1);
  expect(first.losses[1]).toBeLessThan(first.losses[0]!);
  expect(await train()).toEqual(first);
});

it('says that classes are missing', async () => {
  const { values, sampleShape, fingerprint } = stripes(4);
  const classifier = pictureClassifier({ size: 8, channels: 1, classes: 2, width: 2 });
  const training = trainClassifier(classifier, inMemoryDataset({ values, sampleShape, fingerprint }), { steps: 1, batchSize: 2 });
  await expect(training.next()).rejects.toThrow(/the samples have no classes; put those of each class into a sub-folder/);
  classifier.dispose();
});
