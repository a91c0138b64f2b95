import { existsSync } from 'node:fs';
import { inMemoryDataset } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { digitSamples } from './digits.js';
import { fashionMnistSamples } from './fashion-mnist.js';
import { featureNetwork } from './feature-network.js';

it.each([
  { name: 'digits', samples: digitSamples, expected: 0.95 },
  { name: 'fashion-mnist', samples: fashionMnistSamples, expected: 0.8 },
] as const)('names pictures of $name that it was not trained on', async ({ name, samples, expected }) => {
  if (name === 'fashion-mnist' && !existsSync('/usr/share/datasets/fashion-mnist')) return;
  const network = await featureNetwork(name);
  const dataset = inMemoryDataset(await samples({ split: 'test' }));
  // Every so many pictures: all classes, and quick on a slow engine.
  const indices = Array.from({ length: 40 }, (_, i) => Math.floor((i * dataset.size) / 40));
  const batch = await dataset.batch(indices);
  const hits = tf.tidy(() =>
    tf.mean(tf.cast(tf.equal(tf.argMax(network.predict(batch.samples) as tf.Tensor, 1), batch.labels!), 'float32')),
  );
  expect((await hits.data())[0]).toBeGreaterThanOrEqual(expected);
  tf.dispose([batch.samples, batch.labels!, hits]);
  network.dispose();
});

it('says which networks there are', async () => {
  await expect(featureNetwork('cifar10' as 'digits')).rejects.toThrow(
    "there is none for 'cifar10', only for digits, fashion-mnist, spoken-digits",
  );
});

// How good it is, a test of @polygan/audio looks at.
it('says what the network of sounds needs', async () => {
  await expect(featureNetwork('spoken-digits')).rejects.toThrow(
    "featureNetwork: 'spoken-digits' has a layer of @polygan/audio; import '@polygan/audio' before opening it",
  );
});
