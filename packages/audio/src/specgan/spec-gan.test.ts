import { inMemoryDataset, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { type SpecGanOptions, specGan, spectrogramDataset, spectrogramMoments } from '../index.js';

const FRAMING = { length: 4096, channels: 1, frameLength: 64 } as const;
const bins = (frameLength: number, value: number) => Array<number>(frameLength / 2 + 1).fill(value);
const flat = (frameLength: number) => ({ mean: bins(frameLength, -2), deviation: bins(frameLength, 1.5) });
const SMALL = { ...FRAMING, width: 2, latentDimensions: 4, kernelSize: 3, moments: flat(64) } satisfies SpecGanOptions;

/** Six seconds of decaying tones under a little noise. */
function tones() {
  const random = Random.fromSeed(3);
  const values = Float32Array.from({ length: 6 * FRAMING.length }, (_, i) => {
    const [sound, t] = [Math.floor(i / FRAMING.length), i % FRAMING.length];
    return 0.5 * Math.sin(0.1 * (sound + 2) * t) * Math.exp(-t / 1500) + 0.01 * (random.uniform() - 0.5);
  });
  return inMemoryDataset({ values, sampleShape: [FRAMING.length, 1], fingerprint: 'tones' });
}

test('the networks of the paper', () => {
  // 1802.04208, tables 5 and 6, for d = 64; here a thirty-second as wide.
  const gan = specGan({ moments: flat(256), width: 2, discriminatorNorm: 'none' });
  const maps = (network: tf.LayersModel, type: string) =>
    network.layers.filter((layer) => layer.getClassName() === type).map(({ outputShape }) => (outputShape as number[]).slice(1));
  const tables = [[4, 4, 1024], [8, 8, 512], [16, 16, 256], [32, 32, 128], [64, 64, 64]]; // biome-ignore format: a table
  const narrow = tables.map(([height, width, channels]) => [height, width, channels! / 32]);
  expect(maps(gan.generator, 'ReLU')).toEqual(narrow);
  expect(gan.generator.outputShape).toEqual([null, 128, 128, 1]);
  expect(maps(gan.discriminator, 'Conv2D')).toEqual(narrow.reverse());
  gan.dispose();
});

test.each([
  { length: 8192, frameLength: 256, size: [64, 128] },
  { length: 8192, frameLength: 128, size: [128, 64] },
  { length: 65_536, frameLength: 512, size: [256, 256] },
] as const)('$length samples in frames of $frameLength are a picture that can be made and judged', ({ size, ...framing }) => {
  const gan = specGan({ ...SMALL, ...framing, channels: 2, classes: 3, moments: flat(framing.frameLength) });
  tf.tidy(() => {
    const labels = tf.tensor1d([2], 'int32');
    const pictures = gan.generate(gan.latent.sample(1, Random.fromSeed(0)), labels);
    expect(pictures.shape).toEqual([1, ...size, 2]);
    expect(gan.judge(pictures, { labels }).score.shape).toEqual([1, 1]);
  });
  gan.dispose();
});

test('moments are those of each bin, and normalise the data', async () => {
  const data = tones();
  const moments = await spectrogramMoments(data, FRAMING);
  const gan = specGan({ ...SMALL, moments });
  const { samples } = await spectrogramDataset(data, gan.modality).batch([0, 1, 2, 3, 4, 5]);
  expect(samples.shape).toEqual([6, 128, 32, 1]);
  tf.tidy(() => {
    // Within 3 deviations, which 1 stands for, hardly anything is cut off: mean 0 and variance 1/9 for each bin.
    const { mean, variance } = tf.moments(samples, [0, 1]);
    expect(tf.max(tf.abs(mean)).dataSync()[0]).toBeLessThan(0.02);
    expect(tf.max(tf.abs(tf.sub(variance, 1 / 9))).dataSync()[0]).toBeLessThan(0.02);
  });
  samples.dispose();
  gan.dispose();
});

test('a sound that became a picture becomes nearly the same sound again', async () => {
  const data = tones();
  const gan = specGan({ ...SMALL, moments: await spectrogramMoments(data, FRAMING), griffinLimRounds: 20 });
  const { samples } = await spectrogramDataset(data, gan.modality).batch([2]);
  const sounds = await gan.modality.decode(samples);
  expect(sounds[0]!.channels[0]!.length).toBe(4096);
  // The strongest frequency within 512 samples: 0.4 radians a sample.
  const part = sounds[0]!.channels[0]!.subarray(256, 768);
  const power = (frequency: number) => {
    let [real, imaginary] = [0, 0];
    part.forEach((value, t) => {
      real += value * Math.cos(frequency * t);
      imaginary += value * Math.sin(frequency * t);
    });
    return real ** 2 + imaginary ** 2;
  };
  const frequencies = Array.from({ length: 300 }, (_, i) => 0.01 * (i + 1));
  const strongest = frequencies.reduce((best, frequency) => (power(frequency) > power(best) ? frequency : best));
  expect(strongest).toBeCloseTo(0.4, 1);
  samples.dispose();
  gan.dispose();
});

test('a picture that no sound has becomes one without clicks at its ends', async () => {
  const gan = specGan({ ...SMALL, griffinLimRounds: 8 });
  const picture = Random.fromSeed(4).normalTensor<tf.Rank.R4>([1, 128, 32, 1], 0, 0.3);
  const [sound] = await gan.modality.decode(picture);
  const samples = sound!.channels[0]!;
  const loudest = (from: number, to: number) => Math.max(...samples.subarray(from, to).map(Math.abs));
  const within = loudest(64, FRAMING.length - 64);
  expect(loudest(0, 32)).toBeLessThan(within);
  expect(loudest(FRAMING.length - 32, FRAMING.length)).toBeLessThan(within);
  picture.dispose();
  gan.dispose();
});

test('it trains', async () => {
  const gan = specGan(SMALL);
  for await (const { metrics } of train(gan, spectrogramDataset(tones(), gan.modality), { steps: 2, batchSize: 2 })) {
    for (const value of Object.values(metrics)) expect(value).toSatisfy(Number.isFinite);
  }
  gan.dispose();
});

test('sizes that do not fit are refused', () => {
  expect(() => specGan({ ...SMALL, frameLength: 2048, moments: flat(2048) })).toThrow('up to 1024 for 4096 samples, got 2048');
  expect(() => specGan({ ...SMALL, frameLength: 128 })).toThrow(
    "'moments.mean' must have 65 values for frames of 128 samples, got 33",
  );
});
