import type { Dataset } from '../data/dataset.js';
import type { LoopOptions } from './loop-options.js';
import type { Trainable } from './method.js';
import type { TrainReport } from './report.js';
import { Training } from './training.js';

/**
 * Trains a model; the body of the loop is the callback.
 *
 * ```ts
 * for await (const report of train(model, data, { steps: 3000 })) console.log(report.step, report.metrics);
 * ```
 *
 * Not pulling is pausing, `break` is stopping, an aborted `signal` throws its reason out of the loop. The weights stay in the model; to store a
 * training and take it up again, use a run folder (`@polygan/core/node`).
 *
 * @param data a dataset, which is shuffled by the seed, or any endless async iterable of batches
 * @throws OptionsError where an option is unknown or out of range
 * @throws TrainingError when a figure is not finite
 */
export async function* train<B, MethodOptions>(
  model: Trainable<B, MethodOptions>,
  data: Dataset<B> | AsyncIterable<B>,
  options: LoopOptions & MethodOptions,
): AsyncGenerator<TrainReport, void, undefined> {
  const training = new Training(model, data, options);
  try {
    let report: TrainReport;
    do {
      report = await training.advance();
      yield report;
    } while (!report.stopped);
  } finally {
    await training.dispose();
  }
}
