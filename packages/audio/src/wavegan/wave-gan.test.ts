import { type GanOptions, Random, train } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, test } from 'vitest';
import { PAPER_WAVEGAN, WAVE_LENGTHS, WAVEGAN_TRAINING, type WaveGanOptions, waveGan, waveGanParts } from '../index.js';

const SMALL = { length: 4096, width: 2, latentDimensions: 4, kernelSize: 5 } as const satisfies WaveGanOptions;

/** `[length, channels]` of the maps that leave a network's layers of some types. */
function maps(network: tf.LayersModel, ...types: string[]): number[][] {
  return network.layers
    .filter((layer) => types.includes(layer.getClassName()))
    .map((layer) => (layer.outputShape as number[]).slice(-2));
}

describe('the networks of the paper', () => {
  // 1802.04208, tables 3 and 4, for d = 64, and the authors' code for the longer ones; here an eighth as wide.
  const cases = [
    {
      length: 16_384,
      generator: [
        [16, 1024],
        [64, 512],
        [256, 256],
        [1024, 128],
        [4096, 64],
      ],
    },
    {
      length: 32_768,
      generator: [
        [16, 2048],
        [64, 1024],
        [256, 512],
        [1024, 256],
        [4096, 128],
        [16_384, 64],
      ],
    },
    {
      length: 65_536,
      generator: [
        [16, 2048],
        [64, 1024],
        [256, 512],
        [1024, 256],
        [4096, 128],
        [16_384, 64],
      ],
    },
  ];
  const critics: Record<number, number[][]> = {
    16384: [
      [4096, 64],
      [1024, 128],
      [256, 256],
      [64, 512],
      [16, 1024],
    ],
    32768: [
      [8192, 64],
      [2048, 128],
      [512, 256],
      [128, 512],
      [32, 1024],
      [16, 2048],
    ],
    65536: [
      [16_384, 64],
      [4096, 128],
      [1024, 256],
      [256, 512],
      [64, 1024],
      [16, 2048],
    ],
  };
  const narrow = (shapes: number[][]) => shapes.map(([length, channels]) => [length, channels! / 32]);

  it.each(cases)('$length samples', ({ length, generator }) => {
    const gan = waveGan({ length, width: 2, critic: 'wave', discriminatorNorm: 'none' });
    expect(maps(gan.generator, 'ReLU')).toEqual(narrow(generator));
    expect(gan.generator.outputShape).toEqual([null, length, 1]);
    expect(maps(gan.discriminator, 'Conv1D')).toEqual(narrow(critics[length]!));
    // Between all convolutions, and not behind the last.
    expect(maps(gan.discriminator, 'PolyganPhaseShuffle')).toEqual(narrow(critics[length]!).slice(0, -1));
    gan.dispose();
  });
});

test.each(WAVE_LENGTHS)('%d samples: what is made can be judged', (length) => {
  const gan = waveGan({ ...SMALL, length, channels: 2, critic: length > 16_384 ? 'wave' : 'both' });
  tf.tidy(() => {
    const sounds = gan.generate(gan.latent.sample(1, Random.fromSeed(0)));
    expect(sounds.shape).toEqual([1, length, 2]);
    expect(gan.modality.sampleShape).toEqual([length, 2]);
    expect(gan.judge(sounds).score.shape).toEqual([1, length > 16_384 ? 1 : 3]);
  });
  gan.dispose();
});

test.each([
  { upsampling: 'nearest' },
  { upsampling: 'linear' },
  { postFilter: 512 },
  { generatorNorm: 'batch', discriminatorNorm: 'batch' },
] satisfies WaveGanOptions[])('the variant %o makes sounds', async (variant) => {
  const gan = waveGan({ ...SMALL, ...variant });
  const sounds = await gan.sample(2);
  expect(sounds.shape).toEqual([2, 4096, 1]);
  sounds.dispose();
  gan.dispose();
});

test('without a shift the phase shuffle changes nothing, and with one something', () => {
  const [shuffling, plain] = [2, 0].map((phaseShuffle) =>
    waveGan({ ...SMALL, critic: 'wave', discriminatorNorm: 'none', phaseShuffle }),
  );
  tf.tidy(() => {
    const sounds = Random.fromSeed(1).uniformTensor([3, 4096, 1], -1, 1);
    const score = (by: number) => {
      const shifts = Array.from({ length: 3 }, () => tf.fill([3, 1], by, 'int32'));
      return (shuffling!.discriminator.predict([sounds, ...shifts]) as tf.Tensor[])[0]!.dataSync();
    };
    const unshuffled = plain!.judge(sounds).score.dataSync();
    expect(tf.max(tf.abs(tf.sub(score(0), unshuffled))).dataSync()[0]).toBeLessThan(1e-5);
    expect(Math.abs(score(1)[0]! - unshuffled[0]!)).toBeGreaterThan(1e-4);
  });
  shuffling!.dispose();
  plain!.dispose();
});

describe('a model with classes', () => {
  const conditional = () => waveGan({ ...SMALL, classes: 3, discriminatorNorm: 'none', critic: 'wave' });

  it('makes another sound of the same point for another class', () => {
    const gan = conditional();
    tf.tidy(() => {
      const point = gan.latent.sample(1, Random.fromSeed(0));
      const [one, same, other] = [1, 1, 2].map((label) => gan.generate(point, tf.tensor1d([label], 'int32')));
      expect(tf.max(tf.abs(tf.sub(one!, same!))).dataSync()[0]).toBe(0);
      expect(tf.max(tf.abs(tf.sub(one!, other!))).dataSync()[0]).toBeGreaterThan(0);
    });
    gan.dispose();
  });

  it('judges by projection: classes differ by what the features are worth to each', () => {
    const gan = conditional();
    tf.tidy(() => {
      const sounds = Random.fromSeed(1).uniformTensor([1, 4096, 1], -1, 1);
      const [first, third] = [0, 2].map((label) => gan.judge(sounds, { labels: tf.tensor1d([label], 'int32') }));
      const directions = gan.discriminator.getWeights().find(({ shape }) => shape[0] === 3)!;
      const worth = tf.matMul(directions as tf.Tensor2D, first!.features.reshape([-1, 1])).dataSync();
      const difference = tf.sub(third!.score, first!.score).dataSync()[0]!;
      // 1802.05637, equation 3: vᵧ · φ(x), beside what is the same for all classes.
      expect(difference).toBeCloseTo(worth[2]! - worth[0]!, 4);
    });
    gan.dispose();
  });
});

describe('a model that is told clusters', () => {
  const clusters = { sizes: [3, 1, 2], classOf: [], members: '0 0 0 1 2 2' };

  it('tells them apart as it would classes, and needs no encoder', async () => {
    const gan = waveGan({ ...SMALL, clusters });
    expect(gan.encoder).toBeUndefined();
    expect(gan.generator.inputs.map(({ shape }) => shape)).toEqual([
      [null, 4],
      [null, 3],
    ]);
    const [first, same, other] = await Promise.all([0, 0, 1].map((cluster) => gan.sample(1, { cluster })));
    tf.tidy(() => {
      expect(tf.max(tf.abs(tf.sub(first!, same!))).dataSync()[0]).toBe(0);
      expect(tf.max(tf.abs(tf.sub(first!, other!))).dataSync()[0]).toBeGreaterThan(0);
    });
    tf.dispose([first!, same!, other!]);
    gan.dispose();
  });

  it('refuses clusters that do not say which class they are of', () => {
    expect(() => waveGan({ ...SMALL, classes: 2, clusters })).toThrow('find clusters within classes');
  });
});

test('a saved generator is the same elsewhere', async () => {
  const gan = waveGan({ ...SMALL, classes: 3, upsampling: 'linear', postFilter: 4 });
  let saved: tf.io.ModelArtifacts | undefined;
  await gan.sampler.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  tf.tidy(() => {
    const point = gan.latent.sample(2, Random.fromSeed(0));
    const here = gan.generate(point, tf.tensor1d([0, 2], 'int32'));
    const there = loaded.predict([
      point,
      tf.tensor2d([
        [1, 0, 0],
        [0, 0, 1],
      ]),
    ]) as tf.Tensor;
    expect(tf.max(tf.abs(tf.sub(here, there))).dataSync()[0]).toBe(0);
  });
  loaded.dispose();
  gan.dispose();
});

describe('training', () => {
  const noise = {
    async *[Symbol.asyncIterator]() {
      for (let seed = 0; ; seed++) yield { samples: Random.fromSeed(seed).uniformTensor([2, 4096, 1], -1, 1) };
    },
  };
  const oneStep = async (model: WaveGanOptions, options: GanOptions) => {
    const gan = waveGan({ ...SMALL, ...model });
    for await (const { metrics } of train(gan, noise, { ...options, steps: 1, batchSize: 2 })) {
      for (const value of Object.values(metrics)) expect(value).toSatisfy(Number.isFinite);
    }
    gan.dispose();
  };

  it.each(Object.entries(WAVEGAN_TRAINING))('goes as in the paper: %s', async (_, options) => {
    await oneStep({ critic: 'wave', discriminatorNorm: 'none' }, options);
  });

  it.each([
    { critic: 'both', discriminatorNorm: 'spectral' },
    { critic: 'wave', discriminatorNorm: 'none' },
    { critic: 'spectral', discriminatorNorm: 'batch' },
  ] as const)('is right by default for %o', async (model) => {
    await oneStep(model, {});
  });

  it('refuses sounds of other classes than are told by default, as it does not in the paper', () => {
    const mismatch = (model: WaveGanOptions) => waveGanParts({ ...SMALL, ...model }).training?.mismatch;
    expect(mismatch({ classes: 3 })).toBeGreaterThan(0);
    expect(mismatch({})).toBeUndefined();
    expect(mismatch({ ...PAPER_WAVEGAN, classes: 3 })).toBeUndefined();
  });
});
