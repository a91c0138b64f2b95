import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { inverseStft } from './inverse-stft.js';
import { magnitudeSpectrogram, stft } from './stft.js';
import { windowOf } from './window.js';

const values = Float32Array.from({ length: 96 }, (_, i) => Math.sin(0.3 * i) + 0.5 * Math.cos(1.1 * i + 0.2) + 0.01 * i);
const signal = () => tf.tensor2d(values, [1, 96]);

// librosa 0.11: librosa.stft(x, n_fft=…, hop_length=…, window=…, center=…, pad_mode='constant') of the signal above.
const REFERENCES = [
  {
    options: { frameLength: 16, hopLength: 4 },
    frames: 25,
    magnitudes: 332.2545,
    real: [-1.4588474, 1.2628354, 0.3074285, -1.3464959],
    imaginary: [0, -3.1631415, 2.1530638, -1.3493246],
  },
  {
    options: { frameLength: 16, hopLength: 6, window: 'hamming' },
    frames: 17,
    magnitudes: 233.11996,
    real: [-2.5837278, 2.5985157, -0.3540416, -0.9064623],
    imaginary: [0, 2.6542327, 0.4373451, -1.923101],
  },
  {
    options: { frameLength: 12, hopLength: 12, window: 'blackman', centred: false },
    frames: 8,
    magnitudes: 69.66961,
    real: [2.1270971, -0.8579799, -0.7082437, 0.620641],
    imaginary: [0, 1.2671417, -0.0117124, -0.500897],
  },
  {
    options: { frameLength: 16, hopLength: 5, centred: false },
    frames: 17,
    magnitudes: 227.98802,
    real: [4.931841, -3.3778446, 1.9435412, -1.7753413],
    imaginary: [0, 3.0814145, -0.6799983, -0.7999335],
  },
] as const;

describe('stft', () => {
  it.each(REFERENCES)('gives what librosa gives: %o', async ({ options, frames, magnitudes, real, imaginary }) => {
    const input = signal();
    const spectrum = stft(input, options);
    expect(spectrum.real.shape).toEqual([1, frames, options.frameLength / 2 + 1]);
    const reals = (await spectrum.real.array())[0]!;
    const imaginaries = (await spectrum.imaginary.array())[0]!;
    real.forEach((expected, bin) => {
      expect(reals[3]![bin]).toBeCloseTo(expected, 4);
    });
    imaginary.forEach((expected, bin) => {
      expect(imaginaries[3]![bin]).toBeCloseTo(expected, 4);
    });
    const sum = tf.tidy(() => tf.sum(magnitudeSpectrogram(input, options)));
    expect((await sum.data())[0]).toBeCloseTo(magnitudes, 2);
    tf.dispose([input, sum, spectrum.real, spectrum.imaginary]);
  });

  it('refuses what it cannot do', () => {
    const input = signal();
    expect(() => stft(input, { frameLength: 128, centred: false })).toThrow('longer than the signal of 96');
    expect(() => stft(input, { frameLength: 15 })).toThrow("'frameLength' must be an even number from 2, got 15");
    input.dispose();
  });
});

describe('inverseStft', () => {
  it.each([
    { frameLength: 16, hopLength: 4 },
    { frameLength: 16, hopLength: 5, window: 'hamming' as const },
    { frameLength: 32 },
  ])('gives the signal back: %o', async (options) => {
    const input = tf.tensor2d([...values, ...values.map((value) => -value / 2)], [2, 96]);
    const spectrum = stft(input, options);
    const back = inverseStft(spectrum, { ...options, length: 96 });
    const furthest = tf.tidy(() => tf.max(tf.abs(tf.sub(back, input)).slice([0, 0], [2, 90])));
    expect((await furthest.data())[0]).toBeLessThan(1e-5);
    tf.dispose([input, back, furthest, spectrum.real, spectrum.imaginary]);
  });

  it('refuses a spectrum of other frames', () => {
    const real = tf.zeros<tf.Rank.R3>([1, 4, 9]);
    expect(() => inverseStft({ real, imaginary: real }, { frameLength: 32, length: 10 })).toThrow('have 17 bins, got 9');
    real.dispose();
  });
});

describe('gradients against finite differences', () => {
  const options = { frameLength: 8, hopLength: 3 };
  const weights = Float32Array.from({ length: 400 }, (_, i) => Math.sin(1.7 * i));
  /** Some function of the spectrogram that no symmetry makes simple. */
  const loss = (input: tf.Tensor) => {
    const magnitudes = magnitudeSpectrogram(input.reshape([2, 16]) as tf.Tensor2D, options);
    return tf.sum(tf.mul(magnitudes, tf.tensor(weights.slice(0, magnitudes.size), magnitudes.shape))).asScalar();
  };
  const throughInverse = (input: tf.Tensor) => {
    const { real, imaginary } = stft(input.reshape([2, 16]) as tf.Tensor2D, options);
    const back = inverseStft({ real: tf.square(real), imaginary }, { ...options, length: 14 });
    return tf.sum(tf.mul(tf.square(back), tf.tensor(weights.slice(0, back.size), back.shape))).asScalar();
  };
  const point = Float32Array.from({ length: 32 }, (_, i) => Math.sin(0.9 * i * i + 0.4));

  it.each([
    ['magnitudes', loss],
    ['there and back', throughInverse],
    [
      'the squared norm of the slope, as gradient penalties ask for it',
      (x: tf.Tensor) => tf.sum(tf.square(tf.grad(loss)(x))).asScalar(),
    ],
  ])('%s', async (_, f) => {
    const gradient = tf.tidy(() => tf.grad(f)(tf.tensor1d(point)));
    const computed = (await gradient.data()) as Float32Array;
    gradient.dispose();
    const largest = computed.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let entry = 0; entry < point.length; entry += 3) {
      const around: number[] = [];
      for (const step of [1e-2, -1e-2]) {
        const moved = point.slice();
        moved[entry]! += step;
        const value = tf.tidy(() => f(tf.tensor1d(moved)));
        around.push((await value.data())[0]!);
        value.dispose();
      }
      expect(Math.abs((around[0]! - around[1]!) / 2e-2 - computed[entry]!) / largest).toBeLessThan(0.01);
    }
  });

  it('is finite in silence', async () => {
    const gradient = tf.tidy(() => tf.grad(loss)(tf.zeros([32])));
    for (const value of await gradient.data()) expect(value).toBeCloseTo(0, 5);
    gradient.dispose();
  });
});

// scipy 1.17: signal.get_window(name, 6)
it.each([
  ['hann', [0, 0.25, 0.75, 1, 0.75, 0.25]],
  ['hamming', [0.08, 0.31, 0.77, 1, 0.77, 0.31]],
  ['blackman', [0, 0.13, 0.63, 1, 0.63, 0.13]],
  ['rectangular', [1, 1, 1, 1, 1, 1]],
] as const)('the %s window is the periodic one', (name, expected) => {
  windowOf(name, 6).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 6);
  });
});
