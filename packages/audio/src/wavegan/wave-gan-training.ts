import type { GanOptions } from '@polygan/core';
import type { CriticNorm } from './critic-layers.js';

/** The names of the paper's ways to train. */
export type WaveGanTrainingName = 'wgan-gp' | 'dcgan' | 'lsgan' | 'wgan';

const both = (optimizer: NonNullable<GanOptions['generatorOptimizer']>) => ({
  generatorOptimizer: optimizer,
  discriminatorOptimizer: optimizer,
});

/**
 * The losses of WaveGAN's authors, each with the optimizer that they recommend (1802.04208, table 6 and their code): options for `train`.
 *
 * ```ts
 * train(waveGan(PAPER_WAVEGAN), data, { ...WAVEGAN_TRAINING['wgan-gp'], batchSize: 64, steps: 200_000 });
 * ```
 *
 * The paper keeps no moving average of the weights, so neither do these.
 */
export const WAVEGAN_TRAINING: Readonly<Record<WaveGanTrainingName, GanOptions>> = {
  'wgan-gp': {
    loss: 'wasserstein',
    penalty: { kind: 'wgan-gp', weight: 10, every: 1 },
    discriminatorSteps: 5,
    ...both({ kind: 'adam', learningRate: 1e-4, beta1: 0.5, beta2: 0.9 }),
    average: { halfLife: 0 },
  },
  dcgan: {
    loss: 'nonSaturating',
    penalty: { kind: 'none' },
    discriminatorSteps: 1,
    ...both({ kind: 'adam', learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }),
    average: { halfLife: 0 },
  },
  lsgan: {
    loss: 'leastSquares',
    penalty: { kind: 'none' },
    discriminatorSteps: 1,
    ...both({ kind: 'rmsprop', learningRate: 1e-4, beta2: 0.9, epsilon: 1e-10 }),
    average: { halfLife: 0 },
  },
  wgan: {
    loss: 'wasserstein',
    penalty: { kind: 'clip', weight: 0.01 },
    discriminatorSteps: 5,
    ...both({ kind: 'rmsprop', learningRate: 5e-5, beta2: 0.9, epsilon: 1e-10 }),
    average: { halfLife: 0 },
  },
};

/**
 * What a WaveGAN is trained by where its user says nothing else and nothing stands against it. Spoken digits learn faster at twice this rate, and are lost again
 * after some minutes.
 */
const HINGE: GanOptions = { loss: 'hinge', ...both({ kind: 'adam', learningRate: 2e-4, beta1: 0.5, beta2: 0.999 }) };

/** How much real sounds of other classes or clusters than are told count: without them, what was asked for is heard late (decision 9). */
const MISMATCH = 0.5;

/** How a WaveGAN is trained by default: a discriminator without normalisation wants a penalty, which batch normalisation forbids. */
export function trainingOf({ discriminatorNorm, classes }: TrainedWaveGan): GanOptions {
  if (discriminatorNorm === 'spectral') return { ...HINGE, ...(classes && { mismatch: MISMATCH }) };
  return WAVEGAN_TRAINING[discriminatorNorm === 'none' ? 'wgan-gp' : 'dcgan'];
}

interface TrainedWaveGan {
  readonly discriminatorNorm: CriticNorm;
  /** How many classes or clusters it is told of; none by default. */
  readonly classes?: number | undefined;
}

/** How a WaveGAN learns to give sounds back, where it has an encoder. */
export const AUTOENCODING: NonNullable<GanOptions['autoencoding']> = {
  weight: 1,
  optimizer: { learningRate: { from: 1e-3, to: 2e-4, over: 60_000, shape: 'exponential' }, beta1: 0.5, beta2: 0.99 },
  noise: 0.3,
};
