import { valueName } from './compile.js';
import type { GraphNode } from './node.js';
import type { Segment } from './segment.js';

/** Says of the runtime's error which tfjs kernel it is about, and on what shapes. */
export function explainFailure(segment: Segment, error: Error): Error {
  const node = segment.nodes.find((each) => new RegExp(`\\b${valueName(each)}\\b`).test(error.message));
  if (!node) return error;
  const inputs = node.inputs.map(describe).join(', ');
  return new Error(`Kernel ${node.kernel} failed (${node.operator} of ${inputs} to ${describe(node)}): ${error.message}`, {
    cause: error,
  });
}

const describe = ({ dtype, shape }: GraphNode): string => `${dtype} [${shape}]`;
