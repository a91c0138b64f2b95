import { inMemoryDataset, Random, train } from '@polygan/core';
import { useEngine } from '@polygan/core/node';
import { expect, test } from 'vitest';
import { waveGan } from '../index.js';

const STEPS = 300;
const RATE = 8000;
const LENGTH = 4096;
/** In Hz. */
const TONES = [500, 1250] as const;

/** Tones of two pitches, struck at once and dying away, each as loud and as long as chance will have it. */
function tones(count: number) {
  const random = Random.fromSeed(5);
  const values = new Float32Array(count * LENGTH);
  for (let sound = 0; sound < count; sound++) {
    const frequency = TONES[sound % TONES.length]!;
    const [phase, loudness, decay] = [random.uniform(0, 2 * Math.PI), random.uniform(0.3, 0.9), random.uniform(300, 700)];
    for (let t = 0; t < LENGTH; t++) {
      const angle = phase + (2 * Math.PI * frequency * t) / RATE;
      values[sound * LENGTH + t] = loudness * Math.exp(-t / decay) * Math.sin(angle);
    }
  }
  const labels = Int32Array.from({ length: count }, (_, sound) => sound % TONES.length);
  return inMemoryDataset({ values, sampleShape: [LENGTH, 1], labels, classNames: ['low', 'high'], fingerprint: 'tones' });
}

/** The strongest frequency in the first 512 samples, in Hz, by a discrete Fourier transform with a Hann window. Bins are 15.6 Hz wide. */
function pitch(sound: Float32Array): number {
  const size = 512;
  let [best, strongest] = [0, 0];
  for (let bin = 1; bin < size / 2; bin++) {
    let [real, imaginary] = [0, 0];
    for (let t = 0; t < size; t++) {
      const value = sound[t]! * (1 - Math.cos((2 * Math.PI * t) / size));
      real += value * Math.cos((2 * Math.PI * bin * t) / size);
      imaginary += value * Math.sin((2 * Math.PI * bin * t) / size);
    }
    const power = real ** 2 + imaginary ** 2;
    if (power > strongest) [best, strongest] = [bin, power];
  }
  return (best * RATE) / size;
}

test(`a WaveGAN learns which tone belongs to which class in ${STEPS} steps`, async () => {
  await useEngine();
  // What learns fastest, for a test of minutes.
  const fast = { initialWeights: 'he', minibatchDeviation: true } as const;
  const gan = waveGan({
    length: LENGTH,
    sampleRate: RATE,
    width: 16,
    classes: TONES.length,
    latentDimensions: 16,
    seed: 1,
    ...fast,
  });
  const share = async () => {
    const samples = await gan.sample(64, { seed: 1 });
    const sounds = (await gan.modality.decode(samples)).map(({ channels }) => channels[0]!);
    samples.dispose();
    return sounds.filter((sound, i) => Math.abs(pitch(sound) - TONES[i % TONES.length]!) < 50).length / sounds.length;
  };

  expect(await share()).toBeLessThan(0.1);
  let steps = 0;
  const optimizer = { learningRate: 4e-4 };
  const options = { steps: STEPS, batchSize: 16, seed: 1, generatorOptimizer: optimizer, discriminatorOptimizer: optimizer };
  for await (const report of train(gan, tones(512), options)) steps = report.step;
  expect(steps).toBe(STEPS);
  expect(await share()).toBeGreaterThan(0.9);
  gan.dispose();
});
