import type { GraphBuilder } from '../graph/builder.js';
import type { GraphNode } from '../graph/node.js';
import { FloatAttribute } from '../graph/types.js';
import { type RecordedKernel, recorded } from './definition.js';

type Unary = (g: GraphBuilder, x: GraphNode) => GraphNode;

const operator =
  (name: string): Unary =>
  (g, x) =>
    g.elementwise(name, x);

/** A kernel whose result is a float, whatever it is given. */
function onFloats(name: string, compute: Unary = operator(name)): RecordedKernel {
  return recorded(name, (g, { x }) => compute(g, g.cast(x!, 'float32')));
}

/** A kernel whose result has its input's type. */
function sameType(name: string, compute: Unary = operator(name)): RecordedKernel {
  return recorded(name, (g, { x }) => (x!.dtype === 'bool' ? g.cast(compute(g, g.cast(x!, 'int32')), 'bool') : compute(g, x!)));
}

/** A kernel that ONNX has for floats only, whose result has its input's type. */
function throughFloats(name: string, compute: Unary = operator(name)): RecordedKernel {
  return recorded(name, (g, { x }) => g.cast(compute(g, g.cast(x!, 'float32')), x!.dtype));
}

/** log(1 + x), with all digits also where x is small: the rounding of 1 + x is divided out. */
const log1p: Unary = (g, x) => {
  const one = g.scalar(1);
  const sum = g.add(x, one);
  const rounded = g.sub(sum, one);
  const exact = g.mul(g.elementwise('Log', sum), g.div(x, rounded));
  const trivial = g.elementwise('Or', g.elementwise('Equal', rounded, g.scalar(0)), g.elementwise('IsInf', x));
  return g.where(trivial, x, exact);
};

/** exp(x) - 1, with all digits also where x is small: tanh(x / 2) (exp(x) + 1). */
const expm1: Unary = (g, x) => {
  const half = g.elementwise('Tanh', g.mul(x, g.scalar(0.5)));
  return g.mul(half, g.add(g.elementwise('Exp', x), g.scalar(1)));
};

/** The sign; that of what is not a number is 0. */
const sign: Unary = (g, x) => {
  const zero = g.scalar(0, x.dtype);
  return g.sub(g.cast(g.elementwise('Greater', x, zero), x.dtype), g.cast(g.elementwise('Less', x, zero), x.dtype));
};

const finite: Unary = (g, x) => g.elementwise('Not', g.elementwise('Or', g.elementwise('IsNaN', x), g.elementwise('IsInf', x)));

const selu: Unary = (g, x) =>
  g.op('Selu', [x], x.shape, x.dtype, {
    alpha: new FloatAttribute(1.6732632423543772),
    gamma: new FloatAttribute(1.0507009873554805),
  });

/** 1 where x is positive, `alpha` elsewhere, not a number where x is none. */
function step(g: GraphBuilder, x: GraphNode, alpha: number): GraphNode {
  if (isActivation(x)) return activationSlope(g, x, alpha);
  if (alpha === 0) return g.elementwise('Sign', g.elementwise('Relu', x));
  const steps = g.where(g.elementwise('Greater', x, g.scalar(0)), g.scalar(1), g.scalar(alpha));
  return g.where(g.elementwise('IsNaN', x), x, steps);
}

/** Kernels that map each element of one tensor. */
export const unary: readonly RecordedKernel[] = [
  ...['Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Cos', 'Cosh', 'Erf', 'Exp', 'Log', 'Sigmoid', 'Sin'].map((name) =>
    onFloats(name),
  ),
  ...['Sinh', 'Softplus', 'Sqrt', 'Tan', 'Tanh', 'Reciprocal'].map((name) => onFloats(name)),
  onFloats('Rsqrt', (g, x) => g.elementwise('Reciprocal', g.elementwise('Sqrt', x))),
  onFloats('Log1p', log1p),
  onFloats('Expm1', expm1),
  onFloats('Elu'),
  onFloats('Selu', selu),
  onFloats('IsNan', operator('IsNaN')),
  onFloats('IsInf'),
  onFloats('IsFinite', finite),
  ...['Ceil', 'Floor', 'Round', 'Relu'].map((name) => throughFloats(name)),
  throughFloats('Relu6', (g, x) => g.elementwise('Min', g.elementwise('Relu', x), g.scalar(6))),
  ...['Abs', 'Neg'].map((name) => sameType(name)),
  sameType('Sign', sign),
  sameType('Square', (g, x) => g.mul(x, x)),
  recorded('Step', (g, { x }, { alpha }) => g.cast(step(g, g.cast(x!, 'float32'), alpha), x!.dtype)),
  recorded('LeakyRelu', (g, { x }, { alpha }) => leakyRelu(g, g.cast(x!, 'float32'), alpha)),
  recorded('Prelu', (g, { x, alpha }) => prelu(g, g.cast(x!, 'float32'), g.cast(alpha!, 'float32'))),
  recorded('EluGrad', (g, { dy, y }) => {
    const slope = g.where(g.elementwise('GreaterOrEqual', y!, g.scalar(0)), g.scalar(1), g.add(y!, g.scalar(1)));
    return g.mul(dy!, slope);
  }),
  recorded('ClipByValue', (g, { x }, { clipValueMin, clipValueMax }) => {
    const low = g.scalar(clipValueMin, x!.dtype);
    const high = g.scalar(clipValueMax, x!.dtype);
    return g.op('Clip', [x!, low, high], x!.shape, x!.dtype);
  }),
];

const RECTIFIERS = new Set(['Relu', 'LeakyRelu']);

/** Is it the result of a rectifier, maybe in another shape? */
export function isActivation({ operator, inputs }: GraphNode): boolean {
  return RECTIFIERS.has(operator) || (operator === 'Reshape' && isActivation(inputs[0]!));
}

/** Makes 1 or more of all that is no denormal number. */
const HUGE = 2 ** 126;

/**
 * The slope of a rectifier from its result: 1 where it is positive, `alpha` elsewhere. Quicker than comparing; for a denormal
 * number, which has no digits to speak of, it is something between the two.
 */
export function activationSlope(g: GraphBuilder, y: GraphNode, alpha: number): GraphNode {
  return g.op('Clip', [g.mul(y, g.scalar(HUGE)), g.scalar(alpha), g.scalar(1)], y.shape, 'float32');
}

/** x where it is positive, `alpha` x elsewhere. */
export function leakyRelu(g: GraphBuilder, x: GraphNode, alpha: number): GraphNode {
  return g.op('LeakyRelu', [x], x.shape, x.dtype, { alpha: new FloatAttribute(alpha) });
}

/** x where it is positive, `alpha` x elsewhere, with an alpha for each element of the last axes. */
export function prelu(g: GraphBuilder, x: GraphNode, alpha: GraphNode): GraphNode {
  return g.op('PRelu', [x, alpha], x.shape, x.dtype);
}
