import { describe, expect, it } from 'vitest';
import { audioModality } from './sound.js';

describe('audioModality', () => {
  const stereo = audioModality({ length: 3, channels: 2, sampleRate: 8000 });
  const sound = { sampleRate: 8000, channels: [Float32Array.of(0, 0.5, 1), Float32Array.of(-1, -0.5, 0.25)] };

  it('lays samples out as [batch, samples, channels], and gives back what it was given', async () => {
    const tensor = stereo.encode([sound, sound]);
    expect(tensor.shape).toEqual([2, ...stereo.sampleShape]);
    expect(Array.from(await tensor.data()).slice(0, 6)).toEqual([0, -1, 0.5, -0.5, 1, 0.25]);
    expect(await stereo.decode(tensor)).toEqual([sound, sound]);
    tensor.dispose();
  });

  it('says which sound does not fit, and what to do', () => {
    const mono = { sampleRate: 8000, channels: [Float32Array.of(0, 0, 0)] };
    expect(() => stereo.encode([sound, mono])).toThrow(
      'audioModality.encode: sound 1 has 1 channels of 3 samples at 8000 Hz, expected 2 of 3 at 8000 Hz; cut and resample it first',
    );
    expect(() => stereo.encode([{ ...sound, sampleRate: 16_000 }])).toThrow('at 16000 Hz, expected 2 of 3 at 8000 Hz');
  });
});
