import { type Dataset, Training } from '@polygan/core';
import * as tf from '@tensorflow/tfjs';
import type { JointBatch } from './data/joint-batch.js';
import type { MultimodalModel } from './multimodal-model.js';

/**
 * For tests: four samples in all forms of a model that learned for some steps.
 *
 * @param stops the steps at which everything is stored, and another model goes on with it; the last is the end
 */
export async function valuesAfter(
  make: () => MultimodalModel<never>,
  data: Dataset<JointBatch>,
  stops: readonly number[],
): Promise<readonly number[]> {
  let state: Awaited<ReturnType<Training<never, never>['state']>> | undefined;
  let values: number[] = [];
  for (const steps of stops) {
    const model = make();
    const training = new Training(model, data, { steps, batchSize: 8, reportEvery: 100 } as never);
    if (state) await training.restore(state);
    await training.advance();
    state = await training.state();
    const samples = Object.values(await model.sample(4));
    values = samples.flatMap((each) => [...each.dataSync()]);
    tf.dispose(samples);
    await training.dispose();
    model.dispose();
  }
  return values;
}
