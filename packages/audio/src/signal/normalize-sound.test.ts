import { expect, it } from 'vitest';
import { normalizeSound } from './normalize-sound.js';

const sound = (...channels: number[][]) => ({ sampleRate: 8000, channels: channels.map((values) => Float32Array.from(values)) });
const rounded = ({ channels }: { channels: readonly Float32Array[] }) =>
  channels.map((values) => [...values].map((v) => +v.toFixed(5)));

it('sets the largest sample of any channel to 1', () => {
  expect(rounded(normalizeSound(sound([0.1, -0.2], [0.4, 0]), 'peak'))).toEqual([
    [0.25, -0.5],
    [1, 0],
  ]);
});

it('sets the root mean square to a tenth, and never lets a sample pass 1', () => {
  expect(rounded(normalizeSound(sound([0.02, -0.02], [0.02, 0.02]), 'loudness'))).toEqual([
    [0.1, -0.1],
    [0.1, 0.1],
  ]);
  const click = [...Array(399).fill(0), 0.5];
  expect(Math.max(...normalizeSound(sound(click), 'loudness').channels[0]!)).toBe(1);
});

it('leaves silence as it is', () => {
  const silence = sound([0, 0.00005]);
  expect(normalizeSound(silence, 'peak')).toBe(silence);
  const loud = sound([0.5]);
  expect(normalizeSound(loud, 'none')).toBe(loud);
});
