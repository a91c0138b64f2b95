import type { GraphNode } from './node.js';
import { bytesPerElement, sizeOf } from './types.js';

/** Operators whose result is their first input in another shape. */
const VIEWS = new Set(['Reshape', 'Identity']);

/** The node that a value lies in the memory of. A node of an earlier run has no inputs any more. */
function ownerOf(node: GraphNode): GraphNode {
  const [source] = node.inputs;
  return source && VIEWS.has(node.operator) ? ownerOf(source) : node;
}

/**
 * The most bytes that values take at one time if `nodes` run in this order and each value is given up after its last use.
 * Of inputs, constants and `outputs` it counts none: their memory is not the run's.
 */
export function workingBytes(nodes: readonly GraphNode[], outputs: readonly GraphNode[]): number {
  const others = new Set(outputs);
  const own = new Set(nodes.filter((node) => node.operator !== 'Constant' && ownerOf(node) === node && !others.has(node)));
  const lastUse = new Map<GraphNode, number>();
  nodes.forEach((node, place) => {
    for (const input of node.inputs) lastUse.set(ownerOf(input), place);
  });
  const endingAt = new Map<number, number>();
  for (const [node, place] of lastUse) {
    if (own.has(node)) endingAt.set(place, (endingAt.get(place) ?? 0) + bytesOf(node));
  }
  let live = 0;
  let most = 0;
  nodes.forEach((node, place) => {
    if (own.has(node)) live += bytesOf(node);
    most = Math.max(most, live);
    live -= endingAt.get(place) ?? 0;
  });
  return most;
}

const bytesOf = ({ shape, dtype }: GraphNode): number => sizeOf(shape) * bytesPerElement(dtype);
