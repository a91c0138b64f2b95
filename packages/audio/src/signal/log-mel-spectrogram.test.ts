import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { logMelSpectrogram } from './log-mel-spectrogram.js';
import { melFilterbank } from './mel-filterbank.js';

describe('melFilterbank', () => {
  it('gives what librosa gives', () => {
    const filters = melFilterbank(256, { sampleRate: 8000, bands: 10 });
    const band = (index: number) => filters.filter((_, i) => i % 10 === index);
    // librosa 0.11: librosa.filters.mel(sr=8000, n_fft=256, n_mels=10): sum, largest value and its bin, by band.
    const sums = [0.0319776, 0.0319776, 0.0319776, 0.0320097, 0.0320167, 0.0319739, 0.032018, 0.0320026, 0.0319927, 0.0319968];
    const peaks = [0.0045682, 0.0044441, 0.0043766, 0.0044548, 0.0040196, 0.0032746, 0.002682, 0.0021482, 0.0017058, 0.0013916];
    const bins = [7, 14, 20, 27, 34, 43, 53, 66, 83, 103];
    for (let i = 0; i < 10; i++) {
      expect(band(i).reduce((a, b) => a + b)).toBeCloseTo(sums[i]!, 6);
      expect(Math.max(...band(i))).toBeCloseTo(peaks[i]!, 6);
      expect(band(i).indexOf(Math.max(...band(i)))).toBe(bins[i]);
    }
  });

  it('refuses bands that lie nowhere', () => {
    expect(() => melFilterbank(256, { sampleRate: 8000, maxFrequency: 5000 })).toThrow(
      'maxFrequency must lie above minFrequency (0 Hz) and not above half the sample rate (4000 Hz), got 5000 Hz',
    );
  });
});

describe('logMelSpectrogram', () => {
  it('gives what librosa gives', async () => {
    const signal = tf.tensor2d(
      Float32Array.from(
        { length: 2048 },
        (_, i) =>
          0.6 * Math.sin((2 * Math.PI * 440 * i) / 8000) + 0.2 * Math.sin((2 * Math.PI * 1500 * i) / 8000) * Math.exp(-i / 700),
      ),
      [1, 2048],
    );
    const spectrogram = logMelSpectrogram(signal, { sampleRate: 8000, frameLength: 256, hopLength: 64, bands: 10 });
    expect(spectrogram.shape).toEqual([1, 33, 10]);
    const frames = (await spectrogram.array())[0]!;
    // librosa 0.11: ln(librosa.feature.melspectrogram(y=y, sr=8000, n_fft=256, hop_length=64, n_mels=10, pad_mode='constant') + 1e-5)
    const expected = {
      0: [-0.8964791, 1.4330535, -0.648401, -4.7568965, -7.0156403, -1.7482125, -1.8481277, -5.5690217, -6.748988, -7.4035954],
      5: [-2.0706272, 2.2466254, -0.2271071, -11.494663, -11.511268, -1.805599, -1.9860075, -11.512669, -11.512924, -11.512925],
      20: [-2.0706263, 2.2466254, -0.2271068, -11.495057, -11.512286, -4.5475717, -4.7278066, -11.512902, -11.512925, -11.512925],
    };
    for (const [frame, bands] of Object.entries(expected)) {
      bands.forEach((value, band) => {
        expect(frames[Number(frame)]![band]).toBeCloseTo(value, 3);
      });
    }
    tf.dispose([signal, spectrogram]);
  });
});
