import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { registerAudioLayers } from '../layers/register-layers.js';
import { soundManner } from './sound-manner.js';

registerAudioLayers();
const RATE = 8000;
const LENGTH = 8192;

/** A voice: harmonics of a pitch in Hz, the higher the softer, from one place to another. */
function voice(pitch: number, from: number, to: number): Float32Array {
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    if (i < from || i >= to) return 0;
    return [1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + (0.2 / k) * Math.sin((2 * Math.PI * k * pitch * i) / RATE), 0);
  });
}

it('tells voices apart, whenever they are heard', async () => {
  const network = soundManner({ length: LENGTH, channels: 1, sampleRate: RATE }, 12);
  expect([network.countParams(), network.trainableWeights.length]).toEqual([40 * 12, 0]);
  const sounds = [voice(110, 500, 4500), voice(110, 3000, 7000), voice(220, 500, 4500)];
  const batch = tf.tensor3d(Float32Array.from(sounds.flatMap((sound) => [...sound])), [3, LENGTH, 1]);
  const manners = network.predict(batch) as tf.Tensor2D;
  expect(manners.shape).toEqual([3, 12]);
  const [low, later, high] = await manners.array();
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - b[i]!));
  expect(distance(low!, later!)).toBeLessThan(0.1 * distance(low!, high!));
  tf.dispose([batch, manners]);
  network.dispose();
});
