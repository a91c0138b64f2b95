import { backend_util, util } from '@tensorflow/tfjs-core';
import type { GraphBuilder, Reduction } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { type RecordedKernel, recorded } from './definition.js';

const axesOf = (axis: number | number[], x: GraphNode): number[] => util.parseAxisParam(axis, [...x.shape]);

const counted = (g: GraphBuilder, x: GraphNode): GraphNode => (x.dtype === 'bool' ? g.cast(x, 'int32') : x);

/** Sums and products: truth values are counted. */
function total(name: string, operator: Reduction): RecordedKernel {
  return recorded(name, (g, { x }, { axis, keepDims }) => g.reduce(operator, counted(g, x!), axesOf(axis, x!), keepDims));
}

/** Reductions whose result is one of the elements. */
function extreme(name: string, operator: Reduction, inputName = 'x'): RecordedKernel {
  return recorded(name, (g, { [inputName]: x }, attrs) => {
    const axes = axesOf(attrs.reductionIndices ?? attrs.axis, x!);
    const found = g.cast(g.reduce(operator, counted(g, x!), axes, attrs.keepDims), x!.dtype);
    if (x!.dtype !== 'float32') return found;
    // ONNX Runtime passes over what is not a number; tfjs wants to see it.
    const missing = g.reduce('ReduceMax', g.cast(g.elementwise('IsNaN', x!), 'int32'), axes, attrs.keepDims);
    return g.where(g.cast(missing, 'bool'), g.scalar(Number.NaN), found);
  });
}

/** The position of an extreme; what is not a number is none. */
function position(name: 'ArgMax' | 'ArgMin', last: number): RecordedKernel {
  return recorded(name, (g, { x }, { axis }) => {
    const values = x!.dtype === 'float32' ? g.where(g.elementwise('IsNaN', x!), g.scalar(last), x!) : counted(g, x!);
    return g.argReduce(name, values, axesOf(axis, x!)[0]!);
  });
}

function cumulativeSum(g: GraphBuilder, x: GraphNode, axis: number, exclusive: boolean, reverse: boolean): GraphNode {
  const attributes = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
  return g.op('CumSum', [x, g.scalar(axis, 'int64')], x.shape, x.dtype, attributes);
}

/** Products of ever longer runs: each round doubles the length of the run that an element has the product of. */
function cumulativeProduct(g: GraphBuilder, x: GraphNode, axis: number, exclusive: boolean, reverse: boolean): GraphNode {
  const one = g.scalar(1, x.dtype);
  const extent = x.shape[axis]!;
  const shifted = (value: GraphNode, distance: number): GraphNode => {
    const part = g.slice(value, [reverse ? distance : 0], [extent - distance], [axis]);
    const padding = value.shape.map((_, each) => (each === axis ? distance : 0));
    const none = value.shape.map(() => 0);
    return reverse ? g.pad(part, none, padding, one) : g.pad(part, padding, none, one);
  };
  let product = exclusive ? shifted(x, 1) : x;
  for (let distance = 1; distance < extent; distance *= 2) product = g.mul(product, shifted(product, distance));
  return product;
}

/** Kernels that combine the elements along axes. */
export const reduction: readonly RecordedKernel[] = [
  total('Sum', 'ReduceSum'),
  total('Prod', 'ReduceProd'),
  recorded('Mean', (g, { x }, { axis, keepDims }) => g.reduce('ReduceMean', g.cast(x!, 'float32'), axesOf(axis, x!), keepDims)),
  extreme('Max', 'ReduceMax'),
  extreme('Min', 'ReduceMin'),
  extreme('All', 'ReduceMin'),
  extreme('Any', 'ReduceMax'),
  position('ArgMax', Number.NEGATIVE_INFINITY),
  position('ArgMin', Number.POSITIVE_INFINITY),
  recorded('Cumsum', (g, { x }, { axis, exclusive, reverse }) => cumulativeSum(g, x!, axesOf(axis, x!)[0]!, exclusive, reverse)),
  recorded('Cumprod', (g, { x }, { axis, exclusive, reverse }) =>
    cumulativeProduct(g, x!, axesOf(axis, x!)[0]!, exclusive, reverse),
  ),
  recorded('Softmax', (g, { logits }, { dim }) => {
    const axis = dim < 0 ? dim + logits!.shape.length : dim;
    return g.op('Softmax', [g.cast(logits!, 'float32')], logits!.shape, 'float32', { axis });
  }),
  recorded('TopK', (g, { x }, { k }) => {
    const shape = [...x!.shape.slice(0, -1), k];
    const inputs = [x!, g.integers([k])];
    const results = [
      [shape, x!.dtype],
      [shape, 'int64'],
    ] as const;
    const [values, indices] = g.outputs('TopK', inputs, results, { axis: -1, largest: 1, sorted: 1 });
    return [values!, g.cast(indices!, 'int32')];
  }),
  recorded('Einsum', (g, _x, { equation }, list) => {
    const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, list.length);
    backend_util.checkEinsumDimSizes(allDims.length, idDims, list.map(({ shape }) => ({ shape })) as never);
    const extents = new Map<number, number>();
    list.forEach((node, which) => {
      idDims[which]!.forEach((dimension, axis) => {
        extents.set(dimension, node.shape[axis]!);
      });
    });
    const kept = allDims.map((_, dimension) => dimension).filter((dimension) => !summedDims.includes(dimension));
    return g.op(
      'Einsum',
      list,
      kept.map((dimension) => extents.get(dimension)!),
      list[0]!.dtype,
      { equation: equation.replace(/\s/g, '') },
    );
  }),
];
