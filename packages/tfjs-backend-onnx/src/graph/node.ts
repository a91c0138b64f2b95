import type { Attributes, GraphDataType, GraphValues } from './types.js';

/**
 * One value of a graph: an operator applied to other nodes, a constant, or (once it has values) data that is fed in.
 *
 * A node starts as a record of work. When the segment that it was recorded in has run, it holds `values` and forgets how
 * they came about.
 */
export class GraphNode {
  /** The values, once they are known. */
  values: GraphValues | null = null;
  /** Tensors that hold this node: while there are any, its values are kept. */
  holders = 0;
  /** The values were handed to a caller, who may keep them: their buffer is never used again. */
  shared = false;
  /** Why there will never be values. */
  failure: Error | null = null;
  /** The segment that `reference` belongs to. */
  segment = -1;
  /** Position among the segment's recorded nodes or, for a value that is fed in, -1 - its position among the inputs. */
  reference = 0;

  constructor(
    /** Operator, `domain:Name` outside ONNX's own domain. `Constant`, `Input` and `Output` are this library's. */
    readonly operator: string,
    public inputs: readonly GraphNode[],
    public attributes: Attributes,
    readonly shape: readonly number[],
    readonly dtype: GraphDataType,
    /** The tfjs kernel that recorded the node, for error messages. */
    readonly kernel: string,
    /** Of an operator with several outputs, how many; `Output` nodes stand for each of them. */
    readonly outputs = 1,
  ) {}
}

/** A value that is part of the graph. Its bytes are only asked for when the graph is compiled. */
export class ConstantNode extends GraphNode {
  constructor(
    shape: readonly number[],
    dtype: GraphDataType,
    readonly computeBytes: () => Uint8Array,
  ) {
    super('Constant', [], {}, shape, dtype, 'Constant');
  }
}

/** An input of a graph that is captured: whoever runs it gives the values. */
export class PlaceholderNode extends GraphNode {
  constructor(shape: readonly number[], dtype: GraphDataType) {
    super('Input', [], {}, shape, dtype, 'Input');
    // Nodes without values are work that was never done.
    this.values = new Uint8Array(0);
    this.shared = true;
  }
}
