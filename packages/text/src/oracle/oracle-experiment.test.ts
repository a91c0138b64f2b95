import { describe, expect, it, test } from 'vitest';
import { type OracleExperimentOptions, oracleExperiment } from './oracle-experiment.js';

const SMALL = {
  length: 4,
  oracle: { vocabulary: 6, embedding: 3, hidden: 3 },
  discriminator: { embedding: 3, widths: [1, 2], filters: [3, 3] },
  rows: 70,
  evaluated: 40,
  batchSize: 8,
  reportEvery: 2,
  evaluateEvery: 4,
  evaluateUpdates: 2,
};

async function reports(
  options: OracleExperimentOptions,
): Promise<Array<readonly [step: number, stage: string | undefined, figures: string[]]>> {
  const all: Array<readonly [number, string | undefined, string[]]> = [];
  for await (const { step, stage, metrics } of oracleExperiment({ ...SMALL, ...options })) {
    expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
    all.push([step, stage?.name, Object.keys(metrics).filter((name) => /^nll.(oracle|test)/.test(name))]);
  }
  return all;
}

const BOTH = ['nll/oracle', 'nll/test'];

describe('evaluates', () => {
  it('a SeqGAN before it learns, as often as asked in pre-training, not while the generator waits, and at the end', async () => {
    const training = { preTraining: 6, discriminatorPreTraining: 2, adversarialUpdates: 3, discriminatorSteps: 2, rollOuts: 1 };
    expect(await reports({ training })).toEqual([
      [0, undefined, BOTH],
      [2, 'pre-training', []],
      [4, 'pre-training', BOTH],
      [6, 'pre-training', BOTH],
      [8, 'discriminator', []],
      [10, 'adversarial', BOTH],
      [12, 'adversarial', []],
      [14, 'adversarial', BOTH],
    ]);
  });

  it.each(['mle', 'scheduledSampling'] as const)('the baseline %s', async (method) => {
    expect((await reports({ method, training: { steps: 4 } })).map(([step, , figures]) => [step, figures])).toEqual([
      [0, BOTH],
      [2, []],
      [4, BOTH],
    ]);
  });

  it.each([
    ['mle', 3],
    ['mle', 5],
    // In a stage where the generator waits.
    ['seqgan', 7],
  ] as const)('%s after its last step, %i', async (method, steps) => {
    const stages = { preTraining: 6, discriminatorPreTraining: 4, adversarialUpdates: 1, discriminatorSteps: 2 };
    const training = { steps, ...(method === 'seqgan' && stages) };
    const all = await reports({ method, training, evaluateEvery: 100 });
    expect(all[0]).toEqual([0, undefined, BOTH]);
    expect(all.at(-1)!.filter((_, i) => i !== 1)).toEqual([steps, BOTH]);
  });

  it('policy gradient on BLEU', async () => {
    expect(await reports({ method: 'pgBleu', training: { preTraining: 2, updates: 4 } })).toEqual([
      [0, undefined, BOTH],
      [2, 'pre-training', BOTH],
      [4, 'policy', BOTH],
      [6, 'policy', BOTH],
    ]);
  });
});

test('the same seed gives the same figures', async () => {
  const figures = async () => {
    const values: number[] = [];
    const training = { preTraining: 4, discriminatorPreTraining: 2, adversarialUpdates: 1, discriminatorSteps: 2, rollOuts: 2 };
    for await (const { metrics } of oracleExperiment({ ...SMALL, seed: 3, training })) values.push(metrics['nll/oracle'] ?? 0);
    return values;
  };
  expect(await figures()).toEqual(await figures());
});
