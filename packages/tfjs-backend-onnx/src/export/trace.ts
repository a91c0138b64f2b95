import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { OnnxBackend } from '../backend.js';
import { ConstantNode, type GraphNode, PlaceholderNode } from '../graph/node.js';
import type { Segment } from '../graph/segment.js';
import type { Attributes, GraphDataType, GraphValues } from '../graph/types.js';

/** An input of an exported graph. */
export interface ExportInput {
  /** Extents; null for the batch. */
  readonly shape: ReadonlyArray<number | null>;
  /** Default: float32. */
  readonly dtype?: 'float32' | 'int32';
}

/** What is exported: tensors by name to tensors by name. */
export type ExportedFunction = (inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>;

/** An operator, or a value that is part of the graph. Inputs are positions: of nodes from 0 on, of values that are fed in as -1 - position. */
export interface TracedNode {
  readonly operator: string;
  readonly inputs: readonly number[];
  readonly attributes: Attributes;
  readonly shape: readonly number[];
  readonly dtype: GraphDataType;
  readonly kernel: string;
  readonly outputs: number;
  /** Of a constant. */
  readonly bytes?: Uint8Array;
}

/** A value that is fed in: an input of the exported graph, by its name, or numbers of the program. */
export interface TracedValue {
  readonly shape: readonly number[];
  readonly dtype: GraphDataType;
  readonly input?: string;
  readonly values: GraphValues;
  /** Tells one value from another: weights are the same node in every trace. */
  readonly node: GraphNode;
}

/** What a function does for one size of the batch. */
export interface Trace {
  readonly batch: number;
  readonly nodes: readonly TracedNode[];
  readonly values: readonly TracedValue[];
  /** Positions of the results by name. */
  readonly outputs: Readonly<Record<string, number>>;
}

/** Records what `f` does to inputs of this batch size. Nothing is computed. */
export function trace(
  backend: OnnxBackend,
  f: ExportedFunction,
  inputs: Readonly<Record<string, ExportInput>>,
  batch: number,
): Trace {
  let found: Trace | undefined;
  engine().tidy('export', () => {
    found = backend.recorder.capture((segment) => {
      const placeholders = new Map<GraphNode, string>();
      const tensors = Object.entries(inputs).map(([name, { shape, dtype = 'float32' }]) => {
        const node = new PlaceholderNode(
          shape.map((extent) => extent ?? batch),
          dtype,
        );
        placeholders.set(node, name);
        const { dataId, shape: known } = backend.tensorOf(node);
        return [name, engine().makeTensorFromDataId(dataId, known, dtype, backend)] as const;
      });
      const results = f(Object.fromEntries(tensors));
      const outputs = Object.entries(results).map(([name, tensor]) => {
        // Of an input that is handed on as it is, or of a constant, there is no node in the segment.
        const node = backend.graph.op('Identity', [backend.nodeOf(tensor)], tensor.shape, tensor.dtype as GraphDataType);
        return [name, node.reference] as const;
      });
      return { batch, ...contentsOf(segment, placeholders), outputs: Object.fromEntries(outputs) };
    });
  });
  return found!;
}

function contentsOf(segment: Segment, placeholders: ReadonlyMap<GraphNode, string>): Pick<Trace, 'nodes' | 'values'> {
  const nodes = segment.nodes.map((node) => ({
    operator: node.operator,
    inputs: node.inputs.map(({ reference }) => reference),
    attributes: node.attributes,
    shape: node.shape,
    dtype: node.dtype,
    kernel: node.kernel,
    outputs: node.outputs,
    ...(node instanceof ConstantNode && { bytes: node.computeBytes() }),
  }));
  const values = segment.inputs.map((node) => {
    // Their buffers are not used again when the tensors of the program are gone.
    node.shared = true;
    const input = placeholders.get(node);
    return { shape: node.shape, dtype: node.dtype, values: node.values!, node, ...(input !== undefined && { input }) };
  });
  return { nodes, values };
}
