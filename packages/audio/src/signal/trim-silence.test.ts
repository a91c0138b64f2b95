import { expect, it } from 'vitest';
import { trimSilence } from './trim-silence.js';

const sounding = Float32Array.from(
  { length: 4000 },
  (_, i) => (i >= 900 && i < 2500 ? Math.sin(0.2 * i) * Math.min(1, (i - 900) / 300) : 0) + 1e-4 * Math.sin(0.05 * i),
);

// librosa 0.11: librosa.effects.trim(x, top_db=…, frame_length=…, hop_length=…)[1] of the signal above.
it.each([
  [{}, 768, 2816],
  [{ threshold: 20, frameLength: 256, hopLength: 64 }, 896, 2624],
])('cuts where librosa cuts: %o', (options, start, end) => {
  const { channels } = trimSilence({ sampleRate: 8000, channels: [sounding, new Float32Array(4000)] }, options);
  expect(channels[0]).toEqual(sounding.subarray(start, end));
  expect(channels[1]!.length).toBe(end - start);
});

it('leaves a silent sound as it is', () => {
  const silence = [new Float32Array(1000)];
  expect(trimSilence({ sampleRate: 8000, channels: silence }).channels).toBe(silence);
});
