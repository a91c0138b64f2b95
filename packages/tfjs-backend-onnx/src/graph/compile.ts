import type { ModelConstant, ModelNode, ModelValue } from './model.js';
import { encodeModel } from './model.js';
import { ConstantNode, type GraphNode } from './node.js';
import { overwritableInputs } from './overwriting.js';
import type { Segment } from './segment.js';
import { unreadOutput } from './unread-output.js';
import { workingBytes } from './working-bytes.js';

/** A segment as an ONNX model, and how to feed it. */
export interface CompiledModel {
  model: Uint8Array<ArrayBuffer>;
  /** Positions, among the segment's inputs, of those that the model really needs. */
  inputs: readonly number[];
  /** For each output the position, among the segment's inputs, of the one that it may be written over, or -1. */
  overwritten: readonly number[];
  /** About how much memory its values take besides inputs and outputs, when there are most of them. */
  workingBytes: number;
}

/** The name of a node's value in the model. It tells the kernel, so that the runtime's errors do too. */
export function valueName(node: GraphNode): string {
  if (node.reference < 0) return `input${-1 - node.reference}`;
  if (node.operator === 'Output') return outputName(node.inputs[0]!, node.attributes.index as number);
  return `${node.kernel}_${node.reference}`;
}

const outputName = (node: GraphNode, index: number): string => `${valueName(node)}_output${index}`;

/**
 * Writes what `outputs` need of a segment as an ONNX model.
 *
 * @param sparesMemory makes the runtime, if it is the one for the CPU, need less than half of the memory, in two ways. Shapes of
 *   inputs and outputs are kept from it. If it knows all shapes, it plans which values share a buffer, those of the same
 *   shape, and keeps the buffer from the first of them to the last; else it takes and gives back memory as it goes, and
 *   what it takes is still in the processor's cache. And operators run about in the order in which they were recorded.
 */
export function compileSegment(segment: Segment, outputs: readonly GraphNode[], sparesMemory: boolean): CompiledModel {
  const nodes: ModelNode[] = [];
  const constants: ModelConstant[] = [];
  const needed = neededNodes(segment, outputs);
  const describeOutside = sparesMemory ? describeHidden : describe;
  for (const node of segment.nodes) {
    if (!needed.has(node) || node.operator === 'Output') continue;
    if (node instanceof ConstantNode) constants.push({ ...describe(node), data: node.computeBytes() });
    else nodes.push(modelNode(node));
  }
  const inputs = segment.inputs.flatMap((node, position) => (needed.has(node) ? [position] : []));
  const model = encodeModel({
    nodes: [unreadOutput.node, ...nodes, ...(sparesMemory ? milestones(nodes) : [])],
    constants: [unreadOutput.constant, ...constants],
    inputs: inputs.map((position) => describeOutside(segment.inputs[position]!)),
    outputs: [unreadOutput.value, ...outputs.map(describeOutside)],
  });
  const running = segment.nodes.filter((node) => needed.has(node));
  const overwritten = overwritableInputs(running, segment.inputs, outputs);
  return {
    model,
    inputs,
    overwritten: overwritten.map((input) => (input ? segment.inputs.indexOf(input) : -1)),
    workingBytes: workingBytes(running, outputs),
  };
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

/** Operators that take long, and most of the memory. */
const HEAVY = new Set(['MatMul', 'Gemm', 'Conv', 'ConvTranspose', 'com.microsoft:FusedMatMul', 'com.microsoft.nchwc:Conv']);

/**
 * The runtime goes through the operators whose result nothing uses, beginning with the last one, and runs what each of them
 * needs. Left alone, it would find the gradients of all layers' activations before the first gradient of a filter, and keep
 * them all. So it is given operators that do next to nothing, one for the result of each heavy operator, the earliest last.
 */
function milestones(nodes: readonly ModelNode[]): ModelNode[] {
  const heavy = nodes.filter(({ operator }) => HEAVY.has(operator)).reverse();
  return heavy.map(({ name, outputs }) => {
    const milestone = `milestone_${name}`;
    return { name: milestone, operator: 'Flatten', inputs: outputs, outputs: [milestone], attributes: {} };
  });
}

function describe(node: GraphNode) {
  return { name: valueName(node), dtype: node.dtype, shape: node.shape };
}

/** Without even its rank: what the runtime begins to infer it goes through with, which takes it longer than the graph's first runs. */
function describeHidden(node: GraphNode): ModelValue {
  return { ...describe(node), shape: null };
}
