import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { loadModel, saveModel } from './model-files.js';

it.each([
  [32, 0],
  [16, 2 / 65_535 / 2],
  [8, 2 / 255 / 2],
] as const)('weights of %d bits come back, off by half a step at most', async (bits, off) => {
  const network = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [1000] })] });
  const kernel = Float32Array.from({ length: 3000 }, (_, i) => (i === 0 ? -1 : i === 1 ? 1 : Math.sin(i)));
  tf.tidy(() => network.setWeights([tf.tensor2d(kernel, [1000, 3]), tf.tensor1d([2, 2, 2])]));
  const directory = await mkdtemp(path.join(tmpdir(), 'polygan-model-'));
  await saveModel(directory, network, 7, bits);

  const [weights] = (await readdir(directory)).filter((name) => name.endsWith('.bin'));
  expect((await stat(path.join(directory, weights!))).size).toBe((3003 * bits) / 8);
  const loaded = await loadModel(directory);
  const [again, bias] = loaded.getWeights();
  const values = await again!.data();
  // Float32 itself is off by 1e-7.
  for (const [i, value] of kernel.entries()) expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(off + 2e-7);
  expect([...(await bias!.data())]).toEqual([2, 2, 2]);
  network.dispose();
  loaded.dispose();
  await rm(directory, { recursive: true });
});
