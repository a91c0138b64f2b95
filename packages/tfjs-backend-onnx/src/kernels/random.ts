import seedrandom from 'seedrandom';
import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { type RecordedKernel, recorded } from './definition.js';

/**
 * Draws from categorical distributions by inverse cumulative distribution: one uniform number for each draw, however
 * many the outcomes.
 */
function multinomial(g: GraphBuilder, logits: GraphNode, numSamples: number, seed: number, normalized: boolean): GraphNode {
  const [rows, outcomes] = logits.shape as [number, number];
  const attributes = { axis: 1 };
  const probabilities = normalized ? logits : g.op('Softmax', [logits], logits.shape, 'float32', attributes);
  const cumulative = g.op('CumSum', [probabilities, g.scalar(1, 'int64')], logits.shape, 'float32');
  const random = seedrandom.alea(String(seed));
  const uniform = g.data(
    Float32Array.from({ length: rows * numSamples }, () => random()),
    [rows, numSamples, 1],
  );
  // The draw is the number of outcomes whose cumulative probability it has passed; the last one it cannot pass.
  const bounds = g.reshape(g.slice(cumulative, [0], [outcomes - 1], [1]), [rows, 1, outcomes - 1]);
  const passed = g.cast(g.elementwise('GreaterOrEqual', uniform, bounds), 'int32');
  return g.reduce('ReduceSum', passed, [2]);
}

/** Kernels that draw at random. */
export const random: readonly RecordedKernel[] = [
  recorded('Multinomial', (g, { logits }, { numSamples, seed, normalized }) =>
    multinomial(g, logits!, numSamples, seed, normalized),
  ),
];
