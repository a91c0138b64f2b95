import { dcgan } from '@polygan/image';
import type { SpeedCase } from '../case.js';
import { samplingCase } from './sampling.js';

export const sampleDcgan32: SpeedCase = {
  title: 'DCGAN 32×32×3, sampling a batch',
  size: { batch: 256, width: 64 },
  prepare: ({ batch, width }) => samplingCase(dcgan({ size: 32, channels: 3, width }), batch),
};
