import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { type RecordedKernel, recorded } from './definition.js';
import { leakyRelu, prelu } from './unary.js';

/** What a fused kernel does to its result. */
export interface Epilogue {
  bias?: GraphNode;
  activation?: string;
  preluActivationWeights?: GraphNode;
  leakyreluAlpha?: number;
}

/** Adds a fused kernel's bias and applies its activation. */
export function finish(
  g: GraphBuilder,
  x: GraphNode,
  { bias, activation, preluActivationWeights, leakyreluAlpha }: Epilogue,
): GraphNode {
  const biased = bias ? g.add(x, bias) : x;
  switch (activation ?? 'linear') {
    case 'linear':
      return biased;
    case 'relu':
      return g.elementwise('Relu', biased);
    case 'relu6':
      return g.elementwise('Min', g.elementwise('Relu', biased), g.scalar(6));
    case 'elu':
      return g.elementwise('Elu', biased);
    case 'sigmoid':
      return g.elementwise('Sigmoid', biased);
    case 'leakyrelu':
      return leakyRelu(g, biased, leakyreluAlpha!);
    case 'prelu':
      return prelu(g, biased, preluActivationWeights!);
    default:
      throw new Error(`A fused kernel cannot apply the activation '${activation}'`);
  }
}

/** Kernels that multiply matrices. */
export const matmul: readonly RecordedKernel[] = [
  recorded('BatchMatMul', (g, { a, b }, { transposeA, transposeB }) => g.matMul(a!, b!, transposeA, transposeB)),
  recorded(
    '_FusedMatMul',
    (g, { a, b, bias, preluActivationWeights }, { transposeA, transposeB, activation, leakyreluAlpha }) => {
      const product = g.matMul(a!, b!, transposeA, transposeB);
      return finish(g, product, { bias, activation, preluActivationWeights, leakyreluAlpha });
    },
  ),
];
