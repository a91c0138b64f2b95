import { inMemoryDataset, Random } from '@polygan/core';
import { expect, test } from 'vitest';
import { classificationAccuracyScore } from './classification-accuracy.js';

/** Pictures of stripes, whose class is which way they run. */
function stripes(seed: number) {
  const random = Random.fromSeed(seed);
  const count = 16;
  const values = random.fillUniform(new Float32Array(count * 64), -0.3, 0.3);
  for (let place = 0; place < values.length; place++) {
    const isLying = Math.floor(place / 64) % 2 === 0;
    const line = isLying ? Math.floor(place / 8) : place;
    values[place]! += line % 2 === 0 ? 0.5 : -0.5;
  }
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  return inMemoryDataset({ values, sampleShape: [8, 8, 1], labels, fingerprint: `${seed}` });
}

test('a classifier that has seen one set names the pictures of the other', async () => {
  const shape = { sampleShape: [8, 8, 1], classes: 2 };
  const reports: number[] = [];
  const options = { steps: 60, width: 4, onReport: ({ step }: { step: number }) => reports.push(step) };
  const test = stripes(1);
  expect(await classificationAccuracyScore(stripes(2), test, shape, options)).toBeGreaterThan(0.95);
  expect(reports).toEqual([20, 40, 60]);
});
