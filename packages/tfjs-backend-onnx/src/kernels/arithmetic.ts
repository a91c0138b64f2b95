import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import type { GraphDataType } from '../graph/types.js';
import { type RecordedKernel, recorded } from './definition.js';
import { activationSlope, isActivation } from './unary.js';

type Binary = (g: GraphBuilder, a: GraphNode, b: GraphNode) => GraphNode;

/** Computes in another type, and goes back to the first. */
function computedIn(g: GraphBuilder, dtype: GraphDataType, a: GraphNode, b: GraphNode, compute: Binary): GraphNode {
  return g.cast(compute(g, g.cast(a, dtype), g.cast(b, dtype)), a.dtype);
}

/** A kernel with two inputs; ONNX does not calculate with truth values, so these are counted as integers. */
function binary(name: string, compute: Binary): RecordedKernel {
  return recorded(name, (g, { a, b }) => (a!.dtype === 'bool' ? computedIn(g, 'int32', a!, b!, compute) : compute(g, a!, b!)));
}

const operator =
  (name: string): Binary =>
  (g, a, b) =>
    g.elementwise(name, a, b);

/** Integer quotients are found in double precision: an integer division by zero would end the process. */
const quotient: Binary = (g, a, b) => (a.dtype === 'int32' ? computedIn(g, 'float64', a, b, operator('Div')) : g.div(a, b));

/** The remainder with the sign of the divisor. */
const floorRemainder: Binary = (g, a, b) => {
  const remainder = (x: GraphNode, y: GraphNode) => g.op('Mod', [x, y], g.elementwise('Add', x, y).shape, x.dtype, { fmod: 1 });
  const zero = g.scalar(0, a.dtype);
  const sameSign = g.elementwise('GreaterOrEqual', g.mul(g.elementwise('Sign', a), g.elementwise('Sign', b)), zero);
  const first = remainder(a, b);
  return g.where(sameSign, first, remainder(g.add(first, b), b));
};

const floorQuotient: Binary = (g, a, b) => {
  const [x, y] = a.dtype === 'float32' ? [a, b] : [g.cast(a, 'float64'), g.cast(b, 'float64')];
  return g.cast(g.elementwise('Floor', g.div(x, y)), 'int32');
};

const squaredDifference: Binary = (g, a, b) => {
  const difference = g.sub(a, b);
  return g.mul(difference, difference);
};

/** Angle of a point, from the arc tangent of the quotient and the quadrant. */
const atan2: Binary = (g, y, x) => {
  const zero = g.scalar(0);
  const arc = g.elementwise('Atan', g.div(y, x));
  const yNegative = g.elementwise('Less', y, zero);
  const halfTurn = g.where(yNegative, g.scalar(-Math.PI), g.scalar(Math.PI));
  const turned = g.where(g.elementwise('Less', x, zero), g.add(arc, halfTurn), arc);
  const atOrigin = g.elementwise('And', g.elementwise('Equal', x, zero), g.elementwise('Equal', y, zero));
  return g.where(atOrigin, zero, turned);
};

function comparison(name: string, onnxOperator: string, negate = false): RecordedKernel {
  return recorded(name, (g, { a, b }) => {
    const [x, y] = a!.dtype === 'bool' ? [g.cast(a!, 'int32'), g.cast(b!, 'int32')] : [a!, b!];
    const result = g.elementwise(onnxOperator, x, y);
    return negate ? g.elementwise('Not', result) : result;
  });
}

/**
 * A selection between values and a fraction of them, such as the gradient of LeakyRelu, as one product: the same numbers, and
 * selecting is slow. Nothing if it is no such selection.
 */
function whereScaled(g: GraphBuilder, condition: GraphNode, values: GraphNode, scaled: GraphNode): GraphNode | null {
  if (scaled.operator !== 'Mul' || scaled.dtype !== 'float32' || !scaled.inputs.includes(values)) return null;
  const fraction = scaled.inputs.find((input) => input !== values);
  const number = fraction?.shape.length === 0 ? fraction.values?.[0] : undefined;
  if (number === undefined || !(number >= 0 && number <= 1)) return null;
  return g.mul(values, slopeOf(g, condition, number) ?? g.elementwise('Max', g.cast(condition, 'float32'), fraction!));
}

/** 1 where an activation is greater than 0, `alpha` elsewhere, if that is what the condition asks. */
function slopeOf(g: GraphBuilder, { operator, inputs }: GraphNode, alpha: number): GraphNode | null {
  const [x, bound] = inputs;
  // What an earlier graph computed is known without its inputs.
  if (operator !== 'Greater' || bound?.shape.length !== 0 || bound.values?.[0] !== 0 || !isActivation(x!)) return null;
  return activationSlope(g, x!, alpha);
}

/** Kernels that combine two tensors element by element. */
export const arithmetic: readonly RecordedKernel[] = [
  binary('Add', operator('Add')),
  binary('Sub', operator('Sub')),
  binary('Multiply', (g, a, b) => g.mul(a, b)),
  binary('RealDiv', quotient),
  binary('Maximum', operator('Max')),
  binary('Minimum', operator('Min')),
  binary('Pow', operator('Pow')),
  binary('SquaredDifference', squaredDifference),
  binary('Mod', (g, a, b) => (a.dtype === 'int32' ? computedIn(g, 'float64', a, b, floorRemainder) : floorRemainder(g, a, b))),
  binary('Atan2', atan2),
  recorded('FloorDiv', (g, { a, b }) => floorQuotient(g, a!, b!)),
  recorded('BitwiseAnd', (g, { a, b }) => g.elementwise('BitwiseAnd', a!, b!)),
  recorded('AddN', (g, _x, _attrs, list) => list.reduce((sum, next) => g.add(sum, next))),
  comparison('Equal', 'Equal'),
  comparison('NotEqual', 'Equal', true),
  comparison('Greater', 'Greater'),
  comparison('GreaterEqual', 'GreaterOrEqual'),
  comparison('Less', 'Less'),
  comparison('LessEqual', 'LessOrEqual'),
  recorded('LogicalAnd', (g, { a, b }) => g.elementwise('And', a!, b!)),
  recorded('LogicalOr', (g, { a, b }) => g.elementwise('Or', a!, b!)),
  recorded('LogicalNot', (g, { x }) => g.elementwise('Not', x!)),
  recorded('Select', (g, { condition, t, e }) => {
    const missing = Math.max(0, t!.shape.length - condition!.shape.length);
    const mask = g.reshape(condition!, [...condition!.shape, ...Array<number>(missing).fill(1)]);
    return whereScaled(g, mask, t!, e!) ?? g.where(mask, t!, e!);
  }),
];
