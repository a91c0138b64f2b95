import type { SpeedCase } from '../case.js';
import { samplingCase } from './sampling.js';
import { waveGanOfWidth } from './wavegan.js';

export const sampleWavegan: SpeedCase = {
  title: 'WaveGAN of 8192 samples, sampling a batch',
  size: { batch: 64, width: 32 },
  prepare: ({ batch, width }) => samplingCase(waveGanOfWidth(width), batch),
};
