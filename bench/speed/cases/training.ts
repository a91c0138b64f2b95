import { type Batch, type Dataset, type LoopOptions, type Trainable, train } from '@polygan/core';
import type { PreparedCase } from '../case.js';

/** Steps from report to report; a report is when losses are read. */
const REPORT_EVERY = 5;

/** Steps of a training without end. */
export function trainingCase<MethodOptions>(
  model: Trainable<Batch, MethodOptions>,
  data: Dataset<Batch> | AsyncIterable<Batch>,
  options: LoopOptions & MethodOptions,
  reportEvery = REPORT_EVERY,
): PreparedCase {
  const training = train(model, data, { ...options, steps: Number.MAX_SAFE_INTEGER, reportEvery });
  return {
    async first() {
      for await (const _ of train(model, data, { ...options, steps: 1, reportEvery: 1 }));
    },
    async advance() {
      await training.next();
      return reportEvery;
    },
  };
}
