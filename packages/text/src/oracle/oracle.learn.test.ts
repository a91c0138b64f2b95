import { useEngine } from '@polygan/core/node';
import { expect, test } from 'vitest';
import { meanNll } from './mean-nll.js';
import { oracleRows, rowPieces } from './oracle-data.js';
import { oracleExperiment } from './oracle-experiment.js';
import { drawnOracle } from './oracle-network.js';

test("maximum likelihood comes near the entropy of a small oracle, from both sides' view", { timeout: 240_000 }, async () => {
  await useEngine('onnx');
  const length = 8;
  const shape = { vocabulary: 12, embedding: 8, hidden: 8, seed: 1 };
  const oracle = drawnOracle(length, shape);
  // An unbiased estimate: the oracle's own likelihood of what it draws.
  const entropy = await meanNll(oracle, rowPieces(await oracleRows(oracle, 4096, 'entropy'), length));
  oracle.model.dispose();
  let figures: Readonly<Record<string, number>> = {};
  let random: Readonly<Record<string, number>> | undefined;
  const training = { steps: 2400, optimizer: { learningRate: { from: 0.02, to: 0.001, over: 2400 * 64 } } };
  for await (const { metrics } of oracleExperiment({
    method: 'mle',
    length,
    oracle: shape,
    evaluated: 4096,
    evaluateEvery: 2400,
    reportEvery: 2400,
    training,
  })) {
    random ??= metrics;
    figures = metrics;
  }
  // Within a twelfth of the way from the untrained generator.
  expect(random!['nll/oracle']! - entropy).toBeGreaterThan(0.6);
  expect(figures['nll/oracle']! - entropy).toBeLessThan(0.12);
  expect(figures['nll/test']! - entropy).toBeLessThan(0.12);
});
