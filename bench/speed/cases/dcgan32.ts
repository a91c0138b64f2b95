import type { SpeedCase } from '../case.js';
import { dcganTraining } from './dcgan-training.js';

export const dcgan32: SpeedCase = {
  title: 'DCGAN 32×32×3, one step of training',
  size: { batch: 64, width: 64 },
  variants: [{ batch: 16 }, { batch: 128 }, { width: 16 }, { width: 32 }, { width: 128 }],
  prepare: (size) => dcganTraining(32, size),
};
