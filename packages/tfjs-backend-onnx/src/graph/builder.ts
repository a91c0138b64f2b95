import { onnxType } from './model.js';
import { ConstantNode, type GraphNode } from './node.js';
import type { Recorder } from './recorder.js';
import { type Attributes, type GraphDataType, sameShape, sizeOf } from './types.js';

/** Elementwise operators whose result is a truth value. */
const PREDICATES = new Set(['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Not', 'IsNaN', 'IsInf']);

/** Operators that reduce axes. */
export type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd' | 'ReduceSumSquare';

/**
 * The operators that kernels are written in: each method records one ONNX operator, with the shape of its result worked
 * out. Operators that would change nothing are left out.
 */
export class GraphBuilder {
  /**
   * @param blockSize channels in a block of the runtime's blocked convolution, or 0 where it has none.
   * @param isOnCpu does the runtime compute on the CPU? Some operators of other devices are wrong.
   * @param isPortable use ONNX's own operators only, and formulas that do not depend on how large a batch is.
   */
  constructor(
    private readonly recorder: Recorder,
    readonly blockSize: number,
    readonly isOnCpu: boolean,
    readonly isPortable = false,
  ) {}

  /** Any operator, with the shape and type of its result. */
  op(
    operator: string,
    inputs: readonly GraphNode[],
    shape: readonly number[],
    dtype: GraphDataType,
    attributes: Attributes = {},
  ): GraphNode {
    return this.recorder.record(operator, inputs, attributes, shape, dtype);
  }

  /** The outputs of an operator that has several. */
  outputs(
    operator: string,
    inputs: readonly GraphNode[],
    results: ReadonlyArray<readonly [shape: readonly number[], dtype: GraphDataType]>,
    attributes: Attributes = {},
  ): GraphNode[] {
    const node = this.recorder.record(operator, inputs, attributes, results[0]![0], results[0]![1], results.length);
    if (results.length === 1) return [node];
    return results.map(([shape, dtype], index) => this.recorder.record('Output', [node], { index }, shape, dtype));
  }

  /**
   * An elementwise operator; inputs are broadcast against each other. Values that were repeated to a larger shape are
   * taken as they were before: the operator repeats them itself, or its result is repeated.
   */
  elementwise(operator: string, ...inputs: GraphNode[]): GraphNode {
    const dtype = PREDICATES.has(operator) ? 'bool' : inputs[operator === 'Where' ? 1 : 0]!.dtype;
    const shape = broadcast(inputs);
    const sources = inputs.map(sourceOf);
    if (sources.every((source, i) => source === inputs[i])) return this.op(operator, inputs, shape, dtype);
    return this.expand(this.op(operator, sources, broadcast(sources), dtype), shape);
  }

  add(a: GraphNode, b: GraphNode): GraphNode {
    return this.elementwise('Add', a, b);
  }

  sub(a: GraphNode, b: GraphNode): GraphNode {
    return this.elementwise('Sub', a, b);
  }

  /** The product. Small factors of a large tensor, such as a number for each channel, are multiplied with each other first. */
  mul(a: GraphNode, b: GraphNode): GraphNode {
    const factors = this.isPortable ? null : (scaledBy(a, b) ?? scaledBy(b, a));
    return factors
      ? this.elementwise('Mul', factors.large, this.mul(factors.small, factors.other))
      : this.elementwise('Mul', a, b);
  }

  div(a: GraphNode, b: GraphNode): GraphNode {
    return this.elementwise('Div', a, b);
  }

  where(condition: GraphNode, then: GraphNode, otherwise: GraphNode): GraphNode {
    if (then.dtype !== 'bool') return this.elementwise('Where', condition, then, otherwise);
    return this.cast(this.where(condition, this.cast(then, 'int32'), this.cast(otherwise, 'int32')), 'bool');
  }

  /** A scalar that is part of the graph. For values that change from step to step use `data`. */
  scalar(value: number, dtype: GraphDataType = 'float32'): GraphNode {
    return this.constant(dtype, [], [value]);
  }

  /** A vector of integers that is part of the graph: a shape, axes, indices. */
  integers(values: readonly number[]): GraphNode {
    return this.constant('int64', [values.length], values);
  }

  /** Values that are part of the graph. */
  constant(dtype: GraphDataType, shape: readonly number[], values: readonly number[]): GraphNode {
    return this.recorder.recordConstant(
      { dtype, shape, values },
      () => new ConstantNode(shape, dtype, () => bytesOf(dtype, values)),
    );
  }

  /** Like `constant`, for many values: they are only computed when the graph is compiled. The name tells them from all others. */
  table(name: string, dtype: GraphDataType, shape: readonly number[], compute: () => Iterable<number>): GraphNode {
    return this.recorder.recordConstant({ name }, () => new ConstantNode(shape, dtype, () => bytesOf(dtype, compute())));
  }

  /** Values that are fed in: they may be different each time the graph runs. */
  data(values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>, shape: readonly number[]): GraphNode {
    return this.recorder.data(values, shape, values instanceof Float32Array ? 'float32' : 'int32');
  }

  reshape(x: GraphNode, shape: readonly number[]): GraphNode {
    if (sameShape(x.shape, shape)) return x;
    // One extent is left for the runtime to work out, so that it does not know a shape that is kept from it (compile.ts).
    const open = shape.includes(0) ? -1 : shape.findIndex((extent) => extent > 1);
    const extents = this.integers(shape.map((extent, axis) => (axis === open ? -1 : extent)));
    return this.op('Reshape', [x, extents], shape, x.dtype, shape.includes(0) ? { allowzero: 1 } : {});
  }

  expand(x: GraphNode, shape: readonly number[]): GraphNode {
    if (sameShape(x.shape, shape)) return x;
    const source = sourceOf(x);
    if (elementsOf(source) === sizeOf(shape)) return this.reshape(source, shape);
    return this.op('Expand', [source, this.integers(shape)], shape, x.dtype);
  }

  cast(x: GraphNode, dtype: GraphDataType): GraphNode {
    return x.dtype === dtype ? x : this.op('Cast', [x], x.shape, dtype, { to: onnxType(dtype) });
  }

  transpose(x: GraphNode, perm: readonly number[]): GraphNode {
    const shape = perm.map((axis) => x.shape[axis]!);
    if (perm.every((axis, position) => axis === position)) return x;
    const moved = (axes: readonly number[]) => axes.filter((axis) => x.shape[axis]! > 1).join();
    // Where only axes of extent one change places, the elements stay where they are.
    if (moved(perm) === moved(x.shape.map((_, axis) => axis))) return this.reshape(x, shape);
    return this.op('Transpose', [x], shape, x.dtype, { perm });
  }

  /** Elements `begin + i * step` of each of `axes`, for i from 0 to `size` - 1. */
  slice(
    x: GraphNode,
    begin: readonly number[],
    size: readonly number[],
    axes: readonly number[] = x.shape.map((_, axis) => axis),
    steps: readonly number[] = axes.map(() => 1),
  ): GraphNode {
    const shape = [...x.shape];
    axes.forEach((axis, position) => {
      shape[axis] = size[position]!;
    });
    if (sameShape(shape, x.shape) && steps.every((step) => step === 1)) return x;
    // A slice that goes backwards to the first element ends before it; ONNX counts from the back if that is written as -1.
    const ends = begin.map((first, position) => {
      const last = first + (size[position]! - 1) * steps[position]!;
      return steps[position]! > 0 ? last + 1 : last > 0 ? last - 1 : -x.shape[axes[position]!]! - 1;
    });
    const inputs = [x, this.integers(begin), this.integers(ends), this.integers(axes), this.integers(steps)];
    return this.op('Slice', inputs, shape, x.dtype);
  }

  concat(parts: readonly GraphNode[], axis: number): GraphNode {
    const filled = parts.filter((part) => part.shape[axis]! > 0);
    const kept = filled.length > 0 ? filled : parts.slice(0, 1);
    if (kept.length === 1) return kept[0]!;
    const shape = [...kept[0]!.shape];
    shape[axis] = kept.reduce((sum, part) => sum + part.shape[axis]!, 0);
    return this.op('Concat', kept, shape, kept[0]!.dtype, { axis });
  }

  /** Pads each axis before and after; a negative number crops. */
  pad(x: GraphNode, before: readonly number[], after: readonly number[], value?: GraphNode, mode = 'constant'): GraphNode {
    if (before.every((count) => count === 0) && after.every((count) => count === 0)) return x;
    const shape = x.shape.map((extent, axis) => extent + before[axis]! + after[axis]!);
    const inputs = [x, this.integers([...before, ...after])];
    return this.op('Pad', value ? [...inputs, value] : inputs, shape, x.dtype, { mode });
  }

  tile(x: GraphNode, repeats: readonly number[]): GraphNode {
    if (repeats.every((count) => count === 1)) return x;
    const shape = x.shape.map((extent, axis) => extent * repeats[axis]!);
    if (x.shape.every((extent, axis) => extent === 1 || repeats[axis] === 1)) return this.expand(x, shape);
    return this.op('Tile', [x, this.integers(repeats)], shape, x.dtype);
  }

  gather(x: GraphNode, indices: GraphNode, axis: number): GraphNode {
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return this.op('Gather', [x, indices], shape, x.dtype, { axis });
  }

  reduce(operator: Reduction, x: GraphNode, axes: readonly number[], keepDims = false): GraphNode {
    if (axes.length === 0 && operator !== 'ReduceSumSquare') return x;
    const shape = reducedShape(x.shape, axes, keepDims);
    const scaled = operator === 'ReduceSum' && !this.isPortable ? constantFactor(x, axes) : null;
    if (scaled) {
      const factor = keepDims
        ? scaled.factor
        : this.reshape(scaled.factor, reducedShape(padShape(scaled.factor.shape, x.shape.length), axes, false));
      return this.mul(this.reduce(operator, scaled.value, axes, keepDims), factor);
    }
    if (operator === 'ReduceSum' && isSquare(x) && axes.length === x.shape.length) {
      return this.reduce('ReduceSumSquare', x.inputs[0]!, axes, keepDims);
    }
    return this.op(operator, [x, this.integers(axes)], shape, x.dtype, { keepdims: keepDims ? 1 : 0 });
  }

  /** The position of the largest or smallest element along an axis, as int32. */
  argReduce(operator: 'ArgMax' | 'ArgMin', x: GraphNode, axis: number): GraphNode {
    const found = this.op(operator, [x], reducedShape(x.shape, [axis], false), 'int64', { axis, keepdims: 0 });
    return this.cast(found, 'int32');
  }

  /** Matrix product over the last two axes, either side transposed; leading axes are broadcast. */
  matMul(a: GraphNode, b: GraphNode, transposeA = false, transposeB = false): GraphNode {
    const rows = a.shape.at(transposeA ? -1 : -2)!;
    const columns = b.shape.at(transposeB ? -2 : -1)!;
    const [innerA, innerB] = [a.shape.at(transposeA ? -2 : -1)!, b.shape.at(transposeB ? -1 : -2)!];
    if (innerA !== innerB)
      throw new Error(`Inner shapes (${innerA}) and (${innerB}) of matrices [${a.shape}] and [${b.shape}] must match`);
    const leading = broadcastShapes([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
    const shape = [...leading, rows, columns];
    if (!transposeA && !transposeB) return this.op('MatMul', [a, b], shape, a.dtype);
    if (a.dtype !== 'float32' || this.isPortable)
      return this.op('MatMul', [this.#swapLast(a, transposeA), this.#swapLast(b, transposeB)], shape, a.dtype);
    // The runtime reads a transposed left side once for each block of columns; where the right side is much larger, that is dear.
    if (transposeA && elementsOf(a) * 8 <= elementsOf(b)) return this.matMul(this.#swapLast(a, true), b, false, transposeB);
    const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
    return this.op('com.microsoft:FusedMatMul', [a, b], shape, a.dtype, attributes);
  }

  #swapLast(x: GraphNode, swap: boolean): GraphNode {
    const axes = x.shape.map((_, axis) => axis);
    return swap ? this.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]) : x;
  }
}

/** Is it the square of one tensor? */
const isSquare = ({ operator, inputs: [a, b], dtype }: GraphNode): boolean =>
  operator === 'Mul' && a === b && dtype === 'float32';

/** Tensors from this size on are worth sparing a pass over them. */
const LARGE = 4096;

/** What a node repeats or gives leading axes of extent one, if that is all it does: broadcasting does both by itself. */
function sourceOf(node: GraphNode): GraphNode {
  const [source] = node.inputs;
  if (!source) return node;
  if (node.operator === 'Expand') return source;
  const isLed = node.operator === 'Reshape' && sameShape(node.shape, padShape(source.shape, node.shape.length));
  return isLed ? source : node;
}

/** Is `x` the product of a large tensor and a small one, and `other` small too? */
function scaledBy(x: GraphNode, other: GraphNode): { large: GraphNode; small: GraphNode; other: GraphNode } | null {
  if (x.operator !== 'Mul' || x.inputs.length !== 2 || x.dtype !== 'float32' || elementsOf(x) < LARGE) return null;
  const isSmall = (node: GraphNode) => elementsOf(sourceOf(node)) * 8 <= elementsOf(x) && broadcastsInto(sourceOf(node), x);
  const small = x.inputs.find(isSmall);
  const large = x.inputs.find((input) => input !== small);
  if (!small || !large || !sameShape(large.shape, x.shape) || !isSmall(other)) return null;
  return { large, small, other: sourceOf(other) };
}

const broadcastsInto = (node: GraphNode, x: GraphNode): boolean => sameShape(broadcast([node, x]), x.shape);

/** A factor of a product `x` that is the same along all of `axes`, and what it multiplies. */
function constantFactor(x: GraphNode, axes: readonly number[]): { factor: GraphNode; value: GraphNode } | null {
  if (x.operator !== 'Mul' || x.inputs.length !== 2 || x.dtype !== 'float32' || elementsOf(x) < LARGE) return null;
  const factor = x.inputs.find((input) => axes.every((axis) => padShape(input.shape, x.shape.length)[axis] === 1));
  const value = x.inputs.find((input) => input !== factor);
  return factor && value && sameShape(value.shape, x.shape) ? { factor, value } : null;
}

/** A shape with leading axes of extent one up to a rank. */
const padShape = (shape: readonly number[], rank: number): number[] => [
  ...Array<number>(Math.max(0, rank - shape.length)).fill(1),
  ...shape,
];

function reducedShape(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  if (keepDims) return shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return shape.filter((_, axis) => !axes.includes(axis));
}

function broadcast(inputs: readonly GraphNode[]): readonly number[] {
  const { shape } = inputs[0]!;
  return inputs.every((input) => sameShape(input.shape, shape)) ? shape : broadcastShapes(inputs.map((input) => input.shape));
}

/** The shape that shapes have together when axes of extent one, and missing leading axes, are repeated. */
function broadcastShapes(shapes: ReadonlyArray<readonly number[]>): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const together: number[] = Array(rank).fill(1);
  for (const shape of shapes) {
    for (let axis = 0; axis < shape.length; axis++) {
      const extent = shape[axis]!;
      const place = rank - shape.length + axis;
      if (extent === 1 || extent === together[place]) continue;
      if (together[place] !== 1) {
        throw new Error(
          `Operands could not be broadcast together with shapes ${shapes.map((each) => `[${each}]`).join(' and ')}`,
        );
      }
      together[place] = extent;
    }
  }
  return together;
}

function bytesOf(dtype: GraphDataType, values: Iterable<number>): Uint8Array {
  if (dtype === 'int64') return new Uint8Array(BigInt64Array.from([...values], BigInt).buffer);
  if (dtype === 'float64') return new Uint8Array(Float64Array.from(values).buffer);
  if (dtype === 'int32') return new Uint8Array(Int32Array.from(values).buffer);
  return dtype === 'bool' ? Uint8Array.from(values) : new Uint8Array(Float32Array.from(values).buffer);
}

/** The number of elements of a node's value. */
const elementsOf = (node: GraphNode): number => sizeOf(node.shape);
