import type { OnnxBackend } from '../backend.js';
import type { GraphDataType } from '../graph/types.js';
import { type Dependence, dependenceOf, type Numbers, numbersIn, shapeOf } from './numbers.js';
import { type ExportedFunction, type ExportInput, type Trace, type TracedNode, type TracedValue, trace } from './trace.js';

/**
 * Sizes of the batch that a function is recorded for. Primes of this size hardly come up by themselves, so that whatever is a multiple of them has to do with
 * the batch. Nothing is computed, so large ones cost nothing.
 */
const SIZES = [1009, 1013, 1019] as const;

/** A graph for batches of any size. Its nodes are those of one trace. */
export interface AnyBatchGraph extends Omit<Trace, 'batch'> {
  /** How the numbers of constants and of values that are fed in depend on the size, by node and by position; those that do not are missing. */
  readonly constants: ReadonlyMap<TracedNode, Dependence>;
  readonly fed: ReadonlyMap<TracedValue, Dependence>;
  /** Shapes of the results by name; null is the batch. */
  readonly outputShapes: Readonly<Record<string, ReadonlyArray<number | null>>>;
}

/**
 * Records a function as a graph for batches of any size.
 *
 * tfjs has shapes of known extents only, so the function is recorded for three sizes of the batch: what differs between the records depends on it.
 *
 * @throws if the function does other things for other sizes, or uses the size in a way that is not known
 */
export function recordForAnyBatch(
  backend: OnnxBackend,
  f: ExportedFunction,
  inputs: Readonly<Record<string, ExportInput>>,
): AnyBatchGraph {
  const [first, second, third] = SIZES.map((batch) => trace(backend, f, inputs, batch)) as [Trace, Trace, Trace];
  const traces = [first, second, third] as const;
  const needed = neededOf(first);
  const constants = new Map<TracedNode, Dependence>();
  const fed = new Map<TracedValue, Dependence>();
  first.nodes.forEach((node, position) => {
    if (!needed.has(position)) return;
    const alike = traces.map(({ nodes }) => nodes[position]);
    if (alike.some((each) => !each || !isAlike(each, node))) throw differs(node.kernel, node.shape);
    if (!node.bytes) return;
    const found = dependence(alike as TracedNode[], (each) => numbersIn(each.bytes!, each.dtype), node.kernel);
    if (found.kind !== 'fixed') constants.set(node, found);
  });
  first.values.forEach((value, position) => {
    if (value.input !== undefined || !needed.has(-1 - position)) return;
    const alike = traces.map(({ values }) => values[position]);
    if (alike.some((each) => each?.dtype !== value.dtype)) throw differs('a tensor', value.shape);
    // Weights are one and the same in all three.
    if (alike.every((each) => each!.node === value.node)) return;
    const found = dependence(alike as TracedValue[], (each) => each.values, 'a tensor');
    if (found.kind !== 'fixed') fed.set(value, found);
  });
  const outputShapes = Object.fromEntries(
    Object.entries(first.outputs).map(([name, position]) => {
      const shape = shapeOf(traces.map(({ batch, nodes }) => ({ batch, shape: nodes[position]!.shape })));
      if (!shape) throw differs(`output '${name}'`, first.nodes[position]!.shape);
      return [name, shape];
    }),
  );
  return { ...first, constants, fed, outputShapes };
}

function dependence<T extends { readonly shape: readonly number[]; readonly dtype: GraphDataType }>(
  alike: readonly T[],
  numbers: (each: T) => ArrayLike<number>,
  kernel: string,
): Dependence {
  const [a, b, c] = alike.map((each, i): Numbers => ({ batch: SIZES[i]!, shape: each.shape, values: numbers(each) }));
  const found = dependenceOf([a!, b!, c!]);
  if (!found) throw differs(kernel, a!.shape);
  return found;
}

function isAlike(a: TracedNode, b: TracedNode): boolean {
  const words = ({ operator, inputs, attributes, dtype, outputs }: TracedNode) =>
    `${operator}|${inputs}|${Object.entries(attributes).join(';')}|${dtype}|${outputs}`;
  return words(a) === words(b);
}

/** Positions of nodes, and of values as -1 - position, that the results depend on. */
export function neededOf({ nodes, outputs }: Pick<Trace, 'nodes' | 'outputs'>): Set<number> {
  const needed = new Set(Object.values(outputs));
  for (let position = nodes.length - 1; position >= 0; position--) {
    if (needed.has(position)) for (const input of nodes[position]!.inputs) needed.add(input);
  }
  return needed;
}

function differs(what: string, shape: readonly number[]): Error {
  return new Error(
    `exportOnnx: ${what} of shape [${shape}] depends on the size of the batch in a way that cannot be written down. Leave it out of what is exported`,
  );
}
