import { Random } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import '../index.js';
import { soundReader } from './sound-reader.js';

test('gives features of sounds, and plays them earlier, later, louder and softer while they are learnt', async () => {
  const reader = soundReader({ length: 4096, channels: 1, sampleRate: 8000 }, Random.fromSeed(1));
  const network = reader.network();
  // A click in the middle of each.
  const sounds = tf.buffer<tf.Rank.R3>([30, 4096, 1]);
  for (let i = 0; i < 30; i++) sounds.set(0.1, i, 2048, 0);
  const given = sounds.toTensor();
  const features = network.predict(given) as tf.Tensor;
  expect(features.shape).toEqual([30, 64]);
  const varied = reader.vary!(given, Random.fromSeed(2));
  const clicks = ((await varied.array()) as number[][][]).map((sound) => {
    const at = sound.findIndex(([value]) => value !== 0);
    return { at, level: sound[at]![0]! };
  });
  // A twentieth of the length, and 6 dB, in either direction.
  for (const { at, level } of clicks) {
    expect(Math.abs(at - 2048)).toBeLessThanOrEqual(0.05 * 4096);
    expect(Math.abs(20 * Math.log10(level / 0.1))).toBeLessThan(6.01);
  }
  expect(new Set(clicks.map(({ at }) => at)).size).toBeGreaterThan(8);
  tf.dispose([given, features, varied]);
  network.dispose();
});
