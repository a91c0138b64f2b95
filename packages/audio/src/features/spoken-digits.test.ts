import { classifierAccuracy, inMemoryDataset } from '@polygan/core';
import { featureNetwork, spokenDigitSamples } from '@polygan/datasets/node';
import { expect, it } from 'vitest';
import '../index.js';

it('is what the shipped network of spoken digits hears through, in clips that it was not trained on', async () => {
  const network = await featureNetwork('spoken-digits');
  const { values, labels, sampleShape, fingerprint } = await spokenDigitSamples({ split: 'test' });
  // Every thirteenth: all digits and all voices.
  const clips = Array.from(labels, (_, i) => i).filter((i) => i % 13 === 0);
  const part = Float32Array.from(
    { length: clips.length * 8192 },
    (_, i) => values[clips[Math.floor(i / 8192)]! * 8192 + (i % 8192)]!,
  );
  const dataset = inMemoryDataset({
    values: part,
    labels: Uint8Array.from(clips, (clip) => labels[clip]!),
    sampleShape,
    fingerprint,
  });
  expect(await classifierAccuracy(network, dataset)).toBeGreaterThanOrEqual(0.9);
  network.dispose();
});
