import { dcgan } from '@polygan/image';
import type { CaseSize, PreparedCase } from '../case.js';
import { noise } from './noise.js';
import { trainingCase } from './training.js';

/** One discriminator and one generator update a step, as PyTorch's peer does: no moving average of the weights. */
export function dcganTraining(pictureSize: number, { batch, width }: CaseSize): PreparedCase {
  const model = dcgan({ size: pictureSize, channels: 3, width });
  const data = noise([pictureSize, pictureSize, 3], 4 * batch);
  return trainingCase(model, data, { batchSize: batch, average: { halfLife: 0 } });
}
