import type { Batch, GenerativeModel } from '@polygan/core';
import type { PreparedCase } from '../case.js';

/** Drawing a batch of samples and reading them. */
export function samplingCase<Training>(model: GenerativeModel<Batch, Training>, batch: number): PreparedCase {
  let seed = 0;
  const sample = async () => {
    const samples = await model.sample(batch, { seed: seed++ });
    await samples.data();
    samples.dispose();
    return 1;
  };
  return {
    async first() {
      await sample();
    },
    advance: sample,
  };
}
