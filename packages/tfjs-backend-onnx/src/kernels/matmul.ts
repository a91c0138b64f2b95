import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { sizeOf } from '../graph/types.js';
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

/**
 * Adding a bias to a product is another pass over the result. Where that is much larger than both matrices, a column of ones and
 * the bias as a row of their own make it part of the product; nothing elsewhere.
 */
function productWithBias(g: GraphBuilder, a: GraphNode, b: GraphNode, bias: GraphNode): GraphNode | null {
  const [rows, columns] = [a.shape.at(-2)!, b.shape.at(-1)!];
  const isPlain = a.shape.length === b.shape.length && sizeOf(a.shape.slice(0, -2)) === 1 && sizeOf(b.shape.slice(0, -2)) === 1;
  const isWide = rows * columns > 8 * (sizeOf(a.shape) + sizeOf(b.shape));
  if (!isPlain || !isWide || a.dtype !== 'float32' || sizeOf(bias.shape) !== columns) return null;
  const leading = a.shape.slice(0, -2);
  const ones = g.expand(g.scalar(1), [...leading, rows, 1]);
  const axis = a.shape.length - 1;
  return g.matMul(g.concat([a, ones], axis), g.concat([b, g.reshape(bias, [...leading, 1, columns])], axis - 1));
}

/** Kernels that multiply matrices. */
export const matmul: readonly RecordedKernel[] = [
  recorded('BatchMatMul', (g, { a, b }, { transposeA, transposeB }) => g.matMul(a!, b!, transposeA, transposeB)),
  recorded(
    '_FusedMatMul',
    (g, { a, b, bias, preluActivationWeights }, { transposeA, transposeB, activation, leakyreluAlpha }) => {
      const withBias = bias && !transposeA && !transposeB && !g.isPortable ? productWithBias(g, a!, b!, bias) : null;
      const product = withBias ?? g.matMul(a!, b!, transposeA, transposeB);
      const rest = withBias ? undefined : bias;
      return finish(g, product, { bias: rest, activation, preluActivationWeights, leakyreluAlpha });
    },
  ),
];
