import type { Random } from '@polygan/core';

/** One hit: what is heard `time` seconds after it. Made anew for each hit, for what it draws and remembers. */
export type Hit = (time: number) => number;

const TAU = 2 * Math.PI;

/** A tone that falls in pitch from `high` to `low` Hz, by all but 1/e in `fall` seconds: the sine of the frequency's integral. */
function fallingTone(high: number, low: number, fall: number): Hit {
  return (time) => Math.sin(TAU * (low * time + (high - low) * fall * (1 - Math.exp(-time / fall))));
}

/** Noise through a resonant band: the two-pole state-variable filter of Chamberlin, which is stable below a sixth of the rate. */
function bandOfNoise(random: Random, sampleRate: number, frequency: number, width: number): { low: Hit; band: Hit; high: Hit } {
  const step = 2 * Math.sin((Math.PI * Math.min(frequency, sampleRate / 6.5)) / sampleRate);
  let low = 0;
  let band = 0;
  const next = () => {
    low += step * band;
    const high = random.uniform(-1, 1) - low - width * band;
    band += step * high;
    return { low, band, high };
  };
  return { low: () => next().low, band: () => next().band, high: () => next().high };
}

const decay = (time: number, seconds: number) => Math.exp(-time / seconds);

/** A low sine that falls in pitch, driven a little, and the click of the beater. */
function kick(random: Random, sampleRate: number): Hit {
  const low = random.uniform(42, 65);
  const tone = fallingTone(low * random.uniform(3, 6), low, random.uniform(0.015, 0.045));
  const length = random.uniform(0.07, 0.22);
  const drive = random.uniform(1, 3);
  const click = random.uniform(0.05, 0.35);
  const noise = bandOfNoise(random, sampleRate, 2500, 1);
  return (time) =>
    Math.tanh(drive * tone(time) * decay(time, length)) / Math.tanh(drive) + click * noise.band(time) * decay(time, 0.004);
}

/** Two tones of the skin and the rattle of the wires. */
function snare(random: Random, sampleRate: number): Hit {
  const pitch = random.uniform(160, 230);
  const skin = fallingTone(pitch * 1.6, pitch, 0.012);
  const over = fallingTone(pitch * 2.2, pitch * 1.6, 0.012);
  const wires = bandOfNoise(random, sampleRate, random.uniform(1200, 2300), random.uniform(0.8, 1.4));
  const balance = random.uniform(0.35, 0.7);
  const [short, long] = [random.uniform(0.05, 0.11), random.uniform(0.07, 0.18)];
  return (time) =>
    (1 - balance) * (skin(time) + 0.5 * over(time)) * decay(time, short) + balance * wires.high(time) * decay(time, long);
}

/** Six square waves that do not fit together, and noise, both without what is low: the metal of a hi-hat, as drum machines of 1980 made it. */
function hat(random: Random, sampleRate: number, length: number): Hit {
  const pitch = random.uniform(0.85, 1.2) * Math.min(1, sampleRate / 16_000);
  const waves = [2, 3, 4.16, 5.43, 6.79, 8.21].map((ratio) => ({ frequency: ratio * 205 * pitch, start: random.uniform() }));
  const metal = random.uniform(0.3, 0.6);
  const noise = bandOfNoise(random, sampleRate, 5000, 1.2);
  // Second differences: a filter of 12 dB an octave against what is low.
  let [before, earlier] = [0, 0];
  return (time) => {
    const squares = waves.reduce((sum, { frequency, start }) => sum + ((frequency * time + start) % 1 < 0.5 ? 1 : -1), 0) / 6;
    const bright = (squares - 2 * before + earlier) / 2;
    [before, earlier] = [squares, before];
    return (metal * bright + (1 - metal) * noise.high(time)) * decay(time, length) * Math.min(1, time / 0.001);
  };
}

/** A higher and longer kick without the click, with its second mode above it. */
function tom(random: Random, sampleRate: number): Hit {
  const pitch = random.uniform(80, 200);
  const tone = fallingTone(pitch * random.uniform(1.3, 1.8), pitch, 0.05);
  const over = fallingTone(pitch * 2.1, pitch * 1.59, 0.05);
  const length = random.uniform(0.1, 0.26);
  const noise = bandOfNoise(random, sampleRate, 1000, 1);
  return (time) =>
    (tone(time) + 0.25 * over(time) * decay(time, 0.05)) * decay(time, length) + 0.2 * noise.band(time) * decay(time, 0.015);
}

/** Three or four bursts of noise 8 to 13 ms apart, the last of which rings on in the room. */
function clap(random: Random, sampleRate: number): Hit {
  const noise = bandOfNoise(random, sampleRate, random.uniform(900, 1500), random.uniform(0.3, 0.6));
  const apart = random.uniform(0.008, 0.013);
  const bursts = 3 + random.integer(2);
  const length = random.uniform(0.05, 0.13);
  return (time) => {
    const burst = Math.min(bursts - 1, Math.floor(time / apart));
    return noise.band(time) * decay(time - burst * apart, burst === bursts - 1 ? length : 0.004);
  };
}

/** The kinds of hits by name: each draws what it sounds like from `random`. */
export const DRUMS: readonly (readonly [name: string, make: (random: Random, sampleRate: number) => Hit])[] = [
  ['kick', kick],
  ['snare', snare],
  ['closed hat', (random, sampleRate) => hat(random, sampleRate, random.uniform(0.012, 0.035))],
  ['open hat', (random, sampleRate) => hat(random, sampleRate, random.uniform(0.12, 0.3))],
  ['tom', tom],
  ['clap', clap],
];
