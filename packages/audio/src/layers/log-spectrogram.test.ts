import '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { LogSpectrogram } from './log-spectrogram.js';
import { registerAudioLayers } from './register-layers.js';

registerAudioLayers();

const LENGTH = 512;
const tone = (bin: number, amplitude: number) =>
  Array.from({ length: LENGTH }, (_, t) => amplitude * Math.sin((2 * Math.PI * bin * t) / 64));

test('a tone is as bright as it is loud, at its frequency and in its channel', () => {
  const layer = new LogSpectrogram({ frameLength: 64, hopLength: 16 });
  tf.tidy(() => {
    const sound = tf.transpose(tf.tensor3d([[tone(5, 1), tone(20, 0.01)]]), [0, 2, 1]);
    const picture = layer.apply(sound) as tf.Tensor4D;
    expect(picture.shape).toEqual([1, LENGTH / 16, 32, 2]);
    const values = picture.arraySync()[0]!;
    const middle = values[16]!;
    // Bins begin at 1 × rate / 64. 0 dB is 1 and -60 dB, where the floor is, is -1: -40 dB is -1/3.
    expect(middle[4]![0]).toBeCloseTo(1, 4);
    expect(middle[19]![1]).toBeCloseTo(-1 / 3, 2);
    expect(middle[12]![0]).toBeLessThan(-0.99);
    expect(middle[4]![1]).toBeLessThan(-0.99);
  });
  layer.dispose();
});

test('its gradient is that of differences, in silence too', async () => {
  const layer = new LogSpectrogram({ frameLength: 16, hopLength: 8 });
  const sound = tf.tensor3d([Array.from({ length: 64 }, (_, t) => [t < 32 ? 0 : 0.3 * Math.sin(t)])]);
  const loss = (x: tf.Tensor) => tf.tidy(() => tf.mean(tf.square(layer.apply(x) as tf.Tensor)));
  const slope = tf.tidy(() => tf.grad(loss)(sound));
  const [computed, values] = [await slope.data(), await sound.data()];
  for (const place of [3, 30, 33, 40, 55, 63]) {
    const around = [3e-4, -3e-4].map((step) => {
      const moved = Float32Array.from(values, (value, t) => (t === place ? value + step : value));
      return tf.tidy(() => loss(tf.tensor3d(moved, [1, 64, 1])).dataSync()[0]!);
    });
    const expected = (around[0]! - around[1]!) / 6e-4;
    expect(Math.abs(computed[place]! - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-3);
  }
  tf.dispose([sound, slope]);
  layer.dispose();
});

test('it survives being saved', async () => {
  const input = tf.input({ shape: [64, 1] });
  const layer = new LogSpectrogram({ frameLength: 16, hopLength: 8 });
  const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
  const loaded = (await tf.models.modelFromJSON(model.toJSON(null, false) as unknown as tf.io.ModelJSON)) as tf.LayersModel;
  expect(loaded.outputShape).toEqual([null, 8, 8, 1]);
  model.dispose();
  loaded.dispose();
});
