import type { SpeedCase } from '../case.js';
import { dcganTraining } from './dcgan-training.js';

export const dcgan64: SpeedCase = {
  title: 'DCGAN 64×64×3, one step of training',
  size: { batch: 64, width: 64 },
  prepare: (size) => dcganTraining(64, size),
};
