import { type Batch, type Dataset, inMemoryDataset, Random, train } from '@polygan/core';
import { dcgan } from '@polygan/image';
import type { CaseSize, PreparedCase } from '../case.js';

/** Steps from report to report; a report is when losses are read. */
const REPORT_EVERY = 5;

/** One discriminator and one generator update a step, as PyTorch's peer does: no moving average of the weights. */
export function dcganTraining(pictureSize: number, { batch, width }: CaseSize): PreparedCase {
  const model = dcgan({ size: pictureSize, channels: 3, width });
  const options = { batchSize: batch, average: { halfLife: 0 } };
  const data = noisePictures(pictureSize, 4 * batch);
  const training = train(model, data, { ...options, steps: Number.MAX_SAFE_INTEGER, reportEvery: REPORT_EVERY });
  return {
    async first() {
      for await (const _ of train(model, data, { ...options, steps: 1, reportEvery: 1 }));
    },
    async advance() {
      await training.next();
      return REPORT_EVERY;
    },
  };
}

function noisePictures(size: number, count: number): Dataset<Batch> {
  const values = Random.fromSeed(0).fillUniform(new Float32Array(count * size * size * 3), -1, 1);
  return inMemoryDataset({ values, sampleShape: [size, size, 3], fingerprint: 'noise' });
}
