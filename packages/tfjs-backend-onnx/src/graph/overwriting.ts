import type { GraphNode } from './node.js';
import { bytesPerElement, sizeOf } from './types.js';

/** Operators that read an element of each input of the result's size and then write that of the result, never another one. */
const ELEMENTWISE = new Set(['Add', 'Sub', 'Mul', 'Div', 'Sqrt', 'Max', 'Min', 'Neg', 'Relu', 'Clip']);

/** Smaller inputs are not worth looking at. */
const LEAST_BYTES = 4096;

/** Operators whose result lies in the memory of their first input. */
const VIEWS = new Set(['Reshape', 'Identity']);

/**
 * For each of `outputs` the input that its values may be written over, or nothing: what an optimizer knows of a weight, and the
 * weight's moving average, then stay where they are.
 *
 * An input can be overwritten if all that reads it has run when the output is written. That is sure of operators that the
 * output comes from. They must work element by element, since one of them may be the output's own.
 *
 * @param nodes all that runs, inputs before what uses them
 */
export function overwritableInputs(
  nodes: readonly GraphNode[],
  inputs: readonly GraphNode[],
  outputs: readonly GraphNode[],
): Array<GraphNode | null> {
  const large = inputs.filter((input) => bytesOf(input) >= LEAST_BYTES);
  const readers = readersOf(nodes, large, new Set(outputs));
  const free = new Set(large.filter((input) => readers.get(input)!.every(({ operator }) => ELEMENTWISE.has(operator))));
  return outputs.map((output) => {
    if (!ELEMENTWISE.has(output.operator)) return null;
    const fitting = [...free].filter((input) => bytesOf(input) === bytesOf(output));
    if (fitting.length === 0) return null;
    const before = ancestorsOf(output);
    const found = fitting.find((input) => readers.get(input)!.every((reader) => before.has(reader)));
    if (found) free.delete(found);
    return found ?? null;
  });
}

/** What reads each input, be it as a view; a view that is an output reads it too, to copy it. */
function readersOf(
  nodes: readonly GraphNode[],
  inputs: readonly GraphNode[],
  outputs: ReadonlySet<GraphNode>,
): Map<GraphNode, GraphNode[]> {
  const readers = new Map(inputs.map((input): [GraphNode, GraphNode[]] => [input, []]));
  const viewed = new Map(inputs.map((input): [GraphNode, GraphNode] => [input, input]));
  for (const node of nodes) {
    for (const source of node.inputs) {
      const input = viewed.get(source);
      if (!input) continue;
      if (VIEWS.has(node.operator) && !outputs.has(node)) viewed.set(node, input);
      else readers.get(input)!.push(node);
    }
  }
  return readers;
}

/** All that a node's value comes from, itself included. */
function ancestorsOf(node: GraphNode): Set<GraphNode> {
  const found = new Set([node]);
  for (const each of found) for (const input of each.inputs) found.add(input);
  return found;
}

const bytesOf = ({ shape, dtype }: GraphNode): number => sizeOf(shape) * bytesPerElement(dtype);
