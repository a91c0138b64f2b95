import type { ModelConstant, ModelNode, ModelValue } from './model.js';
import { encodeModel } from './model.js';
import { ConstantNode, type GraphNode } from './node.js';
import type { Segment } from './segment.js';

/** A segment as an ONNX model, and how to feed it. */
export interface CompiledModel {
  model: Uint8Array<ArrayBuffer>;
  /** Positions, among the segment's inputs, of those that the model really needs. */
  inputs: readonly number[];
}

/** The name of a node's value in the model. It tells the kernel, so that the runtime's errors do too. */
export function valueName(node: GraphNode): string {
  if (node.reference < 0) return `input${-1 - node.reference}`;
  if (node.operator === 'Output') return outputName(node.inputs[0]!, node.attributes.index as number);
  return `${node.kernel}_${node.reference}`;
}

const outputName = (node: GraphNode, index: number): string => `${valueName(node)}_output${index}`;

/** Writes what `outputs` need of a segment as an ONNX model. */
export function compileSegment(segment: Segment, outputs: readonly GraphNode[]): CompiledModel {
  const nodes: ModelNode[] = [];
  const constants: ModelConstant[] = [];
  const needed = neededNodes(segment, outputs);
  for (const node of segment.nodes) {
    if (!needed.has(node) || node.operator === 'Output') continue;
    if (node instanceof ConstantNode) constants.push({ ...describe(node), data: node.data });
    else nodes.push(modelNode(node));
  }
  const inputs = segment.inputs.flatMap((node, position) => (needed.has(node) ? [position] : []));
  const model = encodeModel({
    nodes,
    constants,
    inputs: inputs.map((position) => describe(segment.inputs[position]!)),
    outputs: outputs.map(describe),
  });
  return { model, inputs };
}

function neededNodes(segment: Segment, outputs: readonly GraphNode[]): Set<GraphNode> {
  const needed = new Set(outputs);
  for (let position = segment.nodes.length - 1; position >= 0; position--) {
    const node = segment.nodes[position]!;
    if (needed.has(node)) for (const input of node.inputs) needed.add(input);
  }
  return needed;
}

function modelNode(node: GraphNode): ModelNode {
  const name = valueName(node);
  return {
    name,
    operator: node.operator,
    inputs: node.inputs.map(valueName),
    outputs: node.outputs === 1 ? [name] : Array.from({ length: node.outputs }, (_, index) => outputName(node, index)),
    attributes: node.attributes,
  };
}

function describe(node: GraphNode): ModelValue {
  return { name: valueName(node), dtype: node.dtype, shape: node.shape };
}
