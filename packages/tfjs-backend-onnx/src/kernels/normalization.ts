import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { FloatAttribute } from '../graph/types.js';
import { type RecordedKernel, recorded } from './definition.js';

/** Normalizes by given moments. The small tensors are combined first, so that the large one is passed over twice only. */
function batchNorm(g: GraphBuilder, x: Record<string, GraphNode>, epsilon: number): GraphNode {
  const deviation = g.elementwise('Sqrt', g.add(x.variance!, g.scalar(epsilon)));
  const factor = g.div(x.scale ?? g.scalar(1), deviation);
  const shifted = g.mul(x.mean!, factor);
  const product = g.mul(x.x!, factor);
  return x.offset ? g.add(product, g.sub(x.offset, shifted)) : g.sub(product, shifted);
}

/** Kernels that normalize activations. */
export const normalization: readonly RecordedKernel[] = [
  recorded('FusedBatchNorm', (g, x, { varianceEpsilon }) => batchNorm(g, x, varianceEpsilon ?? 0.001)),
  recorded('LRN', (g, { x }, { depthRadius, bias, alpha, beta }) => {
    const size = 2 * depthRadius + 1;
    const attributes = {
      size,
      alpha: new FloatAttribute(alpha * size),
      beta: new FloatAttribute(beta),
      bias: new FloatAttribute(bias),
    };
    const channelsFirst = g.transpose(x!, [0, 3, 1, 2]);
    return g.transpose(g.op('LRN', [channelsFirst], channelsFirst.shape, 'float32', attributes), [0, 2, 3, 1]);
  }),
];
