import { PAPER_WAVEGAN, WAVEGAN_TRAINING, waveGan } from '@polygan/audio';
import type { SpeedCase } from '../case.js';
import { noise } from './noise.js';
import { trainingCase } from './training.js';

/** Samples of a sound. */
const LENGTH = 8192;

/** The WaveGAN of the paper, of half the length. */
export const waveGanOfWidth = (width: number) => waveGan({ ...PAPER_WAVEGAN, length: LENGTH, width });

/** One critic and one generator update a step. */
export const wavegan: SpeedCase = {
  title: `WaveGAN of ${LENGTH} samples under WGAN-GP, one step of training`,
  size: { batch: 32, width: 32 },
  variants: [{ batch: 8 }, { batch: 64 }, { width: 16 }, { width: 64 }],
  prepare({ batch, width }) {
    const options = { ...WAVEGAN_TRAINING['wgan-gp'], discriminatorSteps: 1, batchSize: batch };
    return trainingCase(waveGanOfWidth(width), noise([LENGTH, 1], 4 * batch), options);
  },
};
